package org.islet.store;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a transaction has to know of things that are not in the database, and may be slow: it is
 * found out while no transaction is open, so that none holds up others or is ended meanwhile.
 *
 * @param <T> a thing
 */
final class Outside<T> {

  private final Predicate<T> slow;
  private final Map<T, Boolean> known = new HashMap<>();

  Outside(Predicate<T> slow) {
    this.slow = slow;
  }

  /** Lets go of a transaction that has come upon something unknown. */
  private static final class UnknownException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Object what;

    UnknownException(Object what) {
      super(null, null, false, false);
      this.what = what;
    }
  }

  /** Finds out about something that the transaction is sure to ask for. */
  Outside<T> ask(T what) {
    known.put(what, slow.test(what));
    return this;
  }

  /** Does a transaction, and again from its beginning for each thing that it did not know. */
  <R> R in(Function<Predicate<T>, R> transaction) {
    while (true) {
      try {
        return transaction.apply(this::isSo);
      } catch (UnknownException e) {
        @SuppressWarnings("unchecked") // it comes from isSo
        T what = (T) e.what;
        ask(what);
      }
    }
  }

  private boolean isSo(T what) {
    Boolean so = known.get(what);
    if (so == null) {
      throw new UnknownException(what);
    }
    return so;
  }
}
