import { config } from "zod/v4/core";

// Code that zod makes for a schema pays off when that is used again and again; a command uses it once. Schemas ask
// for this when they are made, so this comes before all of them.
config({ jitless: true });
