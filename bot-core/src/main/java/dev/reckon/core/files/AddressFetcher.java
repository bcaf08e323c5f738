package dev.reckon.core.files;

import dev.reckon.core.surface.DeliveryException;
import java.net.URI;

/** Fetches files by their address. Safe for use by any number of threads. */
public interface AddressFetcher {
  /** Fetches nothing. */
  AddressFetcher NONE =
      new AddressFetcher() {
        @Override
        public boolean allows(URI address) {
          return false;
        }

        @Override
        public byte[] fetch(URI address, long limit) throws DeliveryException {
          throw new DeliveryException(
              DeliveryException.Kind.REFUSED, "no addresses are fetched here");
        }
      };

  /** Whether that address may be fetched at all. */
  boolean allows(URI address);

  /**
   * Fetches a file.
   *
   * @param limit the most bytes to accept
   * @throws DeliveryException saying why it is not here
   */
  byte[] fetch(URI address, long limit) throws DeliveryException, InterruptedException;
}
