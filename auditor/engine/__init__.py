"""From snapshots to a finished run: packs, judgement, waivers, declarations."""
