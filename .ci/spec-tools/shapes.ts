// Shapes that the providers really send, assigned to the types that openapi-typescript makes of the specs. It must compile,
// and what a request does not take must not.
import type { components as exporto } from "./types/exporto";
import type { components as gcl } from "./types/gcl";
import type { components as oneconcepts } from "./types/oneconcepts";
import type { components as ship24 } from "./types/ship24";
import type { components as trackingmore } from "./types/trackingmore";

type Exporto = exporto["schemas"];
type Gcl = gcl["schemas"];
type OneConcepts = oneconcepts["schemas"];
type Ship24 = ship24["schemas"];
type TrackingMore = trackingmore["schemas"];

// 1. A count as digits in a string.
export const total: TrackingMore["TrackingListData"] = { page: 1, limit: 100, total: "56" };
export const resent: Ship24["ResendWebhooksSummary"] = { totalResent: "3" };

// 2. An empty list where there is no object.
export const noData: TrackingMore["TrackingResponse"] = { meta: { code: 4017 }, data: [] };
export const noFlights: TrackingMore["AirCargoResult"] = { flight_info: [] };
export const noView: OneConcepts["OrderCollection"] = { "hydra:view": [] };

// 3. One address or several, as a string or a list.
export const oneAddress: TrackingMore["Tracking"] = { customer_email: "recipient@shop.example" };
export const addresses: TrackingMore["Tracking"] = { customer_email: ["recipient@shop.example"] };

// 4. One courier or several.
export const oneCourier: Ship24["Tracker"] = { courierCode: "no-post" };
export const couriers: Ship24["Tracker"] = { courierCode: ["no-post", "us-post"] };

// 5. A number in the place of a string.
export const noOrderTime: TrackingMore["Tracking"] = { order_create_time: 0 };
export const price: Gcl["QuotedMethod"] = { price: 4.9 };

// 6. A value that the provider adds tomorrow.
export const milestone: Ship24["Shipment"] = { statusMilestone: "waits_on_the_moon" };
export const status: TrackingMore["Tracking"] = { status: "teleported" };
export const state: Exporto["Shipment"] = { type: "sideways" };

// 7. Null in the place of an object, a list or a scalar.
export const noRecipient: Ship24["Shipment"] = { recipient: null, trackingNumbers: null, originCountryCode: null };
export const noLeg: TrackingMore["Tracking"] = { destination_info: null };

// Requests stay strict.
// @ts-expect-error a value that the provider does not take
export const order: Ship24["SortOrder"] = "sideways";
// @ts-expect-error the number is required
export const noNumber: Ship24["CreateTracker"] = {};
// @ts-expect-error an object where a string or a list is sent
export const wrongAddress: TrackingMore["Tracking"] = { customer_email: { address: "recipient@shop.example" } };
