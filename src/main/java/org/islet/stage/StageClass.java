package org.islet.stage;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/** A record class that is a stage: what it declares, and how one is made for a step of a route. */
final class StageClass {

  private final Class<? extends Stage> type;
  private final StageDescription description;

  /**
   * @param jar the jar that the class is from; nothing for Islet's own
   * @throws IllegalArgumentException if the class is not declared as {@link Stage} asks for
   */
  StageClass(Class<? extends Stage> type, Optional<StageDescription.Jar> jar) {
    this.type = type;
    this.description = new StageDeclaration(type).described(jar);
  }

  StageDescription description() {
    return description;
  }

  /** The class's name in Java. */
  String className() {
    return type.getName();
  }

  /**
   * Makes the stage of one step.
   *
   * @throws StageBindingException if an option is unknown, missing, or has a value that is not
   *     allowed
   */
  BoundStage bind(Map<String, String> given, Networks networks) {
    Binding binding = tryToBind(given, networks);
    return binding.stage().orElseThrow(() -> binding.refusals().get(0));
  }

  /** Makes the stage of one step, or says everything that is wrong with its options. */
  Binding tryToBind(Map<String, String> given, Networks networks) {
    List<StageBindingException> refusals = new ArrayList<>();
    Map<String, String> meant = meant(given, refusals);
    NetworkOptions running = networkOptions(meant, refusals);
    List<Object> values = new ArrayList<>();
    boolean guessed = false;
    for (Option option : description.declared()) {
      try {
        values.add(value(option, meant, model -> networks.get(model, running)));
      } catch (StageBindingException e) {
        refusals.add(e);
        values.add(likely(option));
        guessed = true;
      }
    }
    Ports ports = Ports.of(description, meant);
    Optional<BoundStage> likely = Optional.empty();
    try {
      likely =
          values.contains(null)
              ? Optional.empty()
              : Optional.of(
                  new BoundStage(description, make(values), ports, networks(values), running));
    } catch (StageBindingException e) {
      refusals.addAll(guessed ? List.of() : List.of(e));
    }
    return new Binding(
        refusals.isEmpty() ? likely : Optional.empty(), likely, guessed, ports, refusals);
  }

  private Object value(
      Option option, Map<String, String> given, Function<String, Network> networks) {
    return new OptionValue(description.name(), option, networks).parse(given);
  }

  /** How the stage's networks are to run; what is wrong with that is left out. */
  private NetworkOptions networkOptions(
      Map<String, String> given, List<StageBindingException> refusals) {
    NetworkOptions options = NetworkOptions.NONE;
    for (Option option : description.running()) {
      try {
        options = options.with(value(option, given, name -> null));
      } catch (StageBindingException e) {
        refusals.add(e);
      }
    }
    return options;
  }

  /**
   * The options with the names that were probably meant; those that nobody can know are left out.
   */
  private Map<String, String> meant(
      Map<String, String> given, List<StageBindingException> refusals) {
    Map<String, String> meant = new LinkedHashMap<>(given);
    meant.keySet().retainAll(description.optionNames());
    for (String name : given.keySet()) {
      if (!meant.containsKey(name)) {
        refusals.add(unknown(name));
        Nearest.to(name, description.optionNames())
            .ifPresent(nearest -> meant.putIfAbsent(nearest, given.get(name)));
      }
    }
    return meant;
  }

  /** What stands for a value that is wrong: the default; null where there is none. */
  private Object likely(Option option) {
    if (option.type() == Network.class) {
      return new AnyNetwork();
    }
    try {
      return option.kind() == Kind.PARAMETER ? value(option, Map.of(), name -> null) : null;
    } catch (StageBindingException e) {
      return null;
    }
  }

  private static List<Network> networks(List<Object> values) {
    return values.stream().filter(Network.class::isInstance).map(Network.class::cast).toList();
  }

  private StageBindingException unknown(String option) {
    return new StageBindingException(
        option,
        "The stage '%s' has no parameter '%s'%s"
            .formatted(
                description.name(),
                option,
                Nearest.among(option, "It has", description.optionNames())),
        null);
  }

  private Stage make(List<Object> values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Stage> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true); // a record of another package need not be public
      return canonical.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw refusal(e.getCause());
    } catch (Error e) { // of a static initialiser
      throw refusal(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Every record has a canonical constructor.", e);
    }
  }

  private StageBindingException refusal(Throwable cause) {
    boolean isTold = cause instanceof IllegalArgumentException && cause.getMessage() != null;
    String sentence =
        isTold
            ? "%s: %s".formatted(description.name(), cause.getMessage())
            : "The stage '%s'%s cannot be made: %s"
                .formatted(description.name(), ofJar(), reason(cause));
    return new StageBindingException(null, sentence, cause);
  }

  private String ofJar() {
    return description.jar().map(jar -> " of " + jar.file()).orElse("");
  }

  private static String reason(Throwable cause) {
    return cause instanceof LinkageError error
        ? LinkageText.of(error)
        : "its code throws %s. Mend it, and build the jar anew.".formatted(cause);
  }
}
