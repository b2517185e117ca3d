type Ask = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: unknown,
) => void;
type Check = (contents: unknown, permission: string, origin: string, details: unknown) => boolean;

/** What main decides about permissions; undefined: it said nothing, so Electron would grant. */
export const permissions: { request?: Ask | null; check?: Check | null } = {};

export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: Ask | null) {
      permissions.request = handler;
    },
    setPermissionCheckHandler(handler: Check | null) {
      permissions.check = handler;
    },
  },
};
