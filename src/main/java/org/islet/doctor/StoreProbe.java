package org.islet.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.islet.store.Database;
import org.islet.store.StoreCheck;
import org.islet.store.StoreException;

/**
 * The record of cases: whether it can be reached, and is in a form that this Islet works with.
 *
 * @param address of a PostgreSQL database; nothing for H2 in a folder
 * @param data the folder
 */
record StoreProbe(Optional<Database.Address> address, Path data) implements Probe {

  @Override
  public String part() {
    return "database";
  }

  @Override
  public String whenSilent() {
    return "The database, or the drive that it is on, does not answer; look at it, or at islet.store.url.";
  }

  @Override
  public List<Finding> look() {
    try {
      return List.of(address.isEmpty() && !Database.isIn(data) ? none() : found());
    } catch (StoreException e) {
      return List.of(
          Finding.wrong(
              part(), e.getMessage(), "Look at the database, or at islet.store.url and .user."));
    }
  }

  private Finding none() {
    return Finding.ok(
        part(), "H2, none in %s yet; the service makes it when it starts".formatted(data));
  }

  private Finding found() {
    StoreCheck check = address.map(StoreCheck::at).orElseGet(() -> StoreCheck.in(data));
    String where = address.isPresent() ? "PostgreSQL, reached" : "H2 in " + data;
    String said =
        "%s, %s%s"
            .formatted(
                where,
                check.form().map(form -> "in the form of " + form).orElse("empty yet"),
                check.served() ? ", open in a service that runs" : "");
    return check.fits()
        ? Finding.ok(part(), said)
        : Finding.wrong(
            part(),
            said + ", which is that of a newer Islet",
            "Use that Islet, or another --home or islet.store.url.");
  }
}
