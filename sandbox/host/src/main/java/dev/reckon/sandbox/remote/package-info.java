/**
 * A sandbox whose workers are on other machines. {@link dev.reckon.sandbox.remote.WorkerHost}
 * serves pools there; {@link dev.reckon.sandbox.remote.RemoteSandbox} is the sandbox that a bot
 * uses. A connection carries one request at a time, in the frames of {@code
 * dev.reckon.sandbox.wire}. A host trusts a bot that has shown its token or certificate. A bot
 * reads a host's frames as it reads a worker's: bounded, and anything that does not fit the
 * protocol ends the connection.
 */
@NullMarked
package dev.reckon.sandbox.remote;

import org.jspecify.annotations.NullMarked;
