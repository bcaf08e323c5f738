package dev.reckon.core.delivery;

import dev.reckon.core.files.AddressFetcher;
import dev.reckon.core.files.AttachmentFetcher;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.Computations;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.surface.DeliveryException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that a request names by their address: they come along as if they had been attached. A
 * saved computation names those of the request that it was made for, so each run of a schedule
 * fetches them again.
 */
final class AddressedFiles implements AttachmentFetcher {
  private static final int MOST = 5;
  private static final int LONGEST = 2_000;
  private static final int LONGEST_SHOWN = 200;
  private static final String REFERENCE = "address:";
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[^\\s<>\"'`|()\\[\\]{}]{1,2000}");
  private static final Pattern SAVED = Pattern.compile("(?i)do\\s+(\\S{1,40}).*", Pattern.DOTALL);
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AddressFetcher addresses;
  private final AttachmentFetcher platform;
  private final Computations computations;
  private final InstantSource clock;

  AddressedFiles(
      AddressFetcher addresses,
      AttachmentFetcher platform,
      Computations computations,
      InstantSource clock) {
    this.addresses = addresses;
    this.platform = platform;
    this.computations = computations;
    this.clock = clock;
  }

  /** The delivery with the files that it names by address; doing it again changes nothing. */
  Delivery with(Delivery delivery) {
    Incoming incoming = delivery.incoming();
    Set<Attachment> all = new LinkedHashSet<>(incoming.attachments());
    for (URI address : named(incoming)) {
      all.add(new Attachment.Remote(name(address), REFERENCE + address, -1));
    }
    return all.size() == incoming.attachments().size()
        ? delivery
        : delivery.at(delivery.stage(), incoming.with(List.copyOf(all)));
  }

  /**
   * A sentence about addresses in a request that no file is fetched from; empty if none is left.
   */
  Optional<String> left(Incoming incoming) {
    List<URI> left = addresses(text(incoming)).filter(each -> !addresses.allows(each)).toList();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    String first = Truncation.cut(left.getFirst().toString(), LONGEST_SHOWN);
    return Optional.of(
        left.size() == 1
            ? Label.ADDRESS_LEFT.in(incoming.language(), first)
            : Label.ADDRESS_LEFT_MORE.in(incoming.language(), first, left.size() - 1));
  }

  private static String text(Incoming incoming) {
    return switch (incoming.content()) {
      case Content.Text words -> words.text();
      case Content.Edited edited -> edited.text();
      case Content.Scheduled scheduled -> scheduled.task();
      case Content.Pressed _, Content.Moved _ -> "";
    };
  }

  private List<URI> named(Incoming incoming) {
    String text = text(incoming);
    Matcher saved = SAVED.matcher(text.strip());
    Optional<String> request =
        saved.matches()
            ? computations
                .find(incoming.team().id(), saved.group(1).toLowerCase(Locale.ROOT))
                .map(SavedComputation::request)
            : Optional.empty();
    return Stream.concat(addresses(text), request.stream().flatMap(AddressedFiles::addresses))
        .filter(addresses::allows)
        .distinct()
        .limit(MOST)
        .toList();
  }

  private static Stream<URI> addresses(String text) {
    return ADDRESS
        .matcher(text)
        .results()
        .map(found -> found.group().replaceAll("[.,;:!?…]+$", ""))
        .filter(plain -> plain.length() <= LONGEST)
        .distinct()
        .flatMap(AddressedFiles::address);
  }

  /** What only looks like an address is text. */
  private static Stream<URI> address(String plain) {
    try {
      return Stream.of(new URI(plain));
    } catch (URISyntaxException _) {
      return Stream.empty();
    }
  }

  private static String name(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.isBlank() ? address.getHost() + ".txt" : last;
  }

  @Override
  public byte[] fetch(Incoming incoming, Attachment.Remote file, long limit)
      throws DeliveryException, InterruptedException {
    return isAddress(file)
        ? addresses.fetch(URI.create(file.reference().substring(REFERENCE.length())), limit)
        : platform.fetch(incoming, file, limit);
  }

  @Override
  public Optional<String> notice(Attachment.Remote file, Language language) {
    return isAddress(file)
        ? Optional.of(
            Label.ADDRESS_FETCHED.in(
                language,
                file.name(),
                file.reference().substring(REFERENCE.length()),
                WHEN.format(clock.instant())))
        : Optional.empty();
  }

  private static boolean isAddress(Attachment.Remote file) {
    return file.reference().startsWith(REFERENCE);
  }
}
