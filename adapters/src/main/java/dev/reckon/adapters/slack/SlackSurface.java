package dev.reckon.adapters.slack;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Pace;
import dev.reckon.core.surface.Surface;
import java.util.Optional;

/** Slack as a surface: hands everything to the workspace that it is about. */
record SlackSurface(Workspaces workspaces) implements Surface {
  static final String NAME = "slack";

  private WorkspaceSurface at(Address address) throws DeliveryException {
    return workspaces.to(SlackTarget.of(address).team());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Pace pace(Address to) {
    try {
      return at(to).pace(to);
    } catch (DeliveryException e) {
      return WorkspaceSurface.PACE; // sending there says what is wrong
    }
  }

  @Override
  public MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return at(to).post(to, reply, mention, files, receipts);
  }

  @Override
  public MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return at(at).edit(at, message, reply, files, receipts);
  }

  @Override
  public void whisper(Address at, Person to, Reply reply) throws DeliveryException {
    at(at).whisper(at, to, reply);
  }

  @Override
  public Optional<String> obstacleLater(Address at) {
    try {
      return at(at).obstacleLater(at);
    } catch (DeliveryException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Address under(Address at, MessageRef message) {
    return WorkspaceSurface.below(at, message);
  }

  @Override
  public byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException, InterruptedException {
    String team = FileReference.of(attachment.reference()).team();
    return workspaces.to(team).fetch(attachment, maxBytes);
  }

  @Override
  public Incoming complete(Incoming incoming) throws DeliveryException {
    String team = SlackTarget.team(incoming.conversation().value());
    return workspaces.to(team).complete(incoming);
  }
}
