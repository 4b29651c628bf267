package org.islet.picture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What an SVG picture shows, read from its text. */
public final class DrawnShapes {

  private static final Lettering[] LETTERINGS = Lettering.values();

  /** The room between two corners; of a straight line, between its ends. */
  private record Room(String what, double left, double top, double right, double bottom) {

    boolean isApartFrom(Room other) {
      return right <= other.left
          || other.right <= left
          || bottom <= other.top
          || other.bottom <= top;
    }

    boolean holds(Room other) {
      return left <= other.left
          && other.right <= right
          && top <= other.top
          && other.bottom <= bottom;
    }

    Room smallerBy(double margin) {
      return new Room(what, left + margin, top + margin, right - margin, bottom - margin);
    }
  }

  private final Room paper;
  private final List<Room> rectangles = new ArrayList<>();
  private final List<Room> texts = new ArrayList<>();
  private final List<Room> polygons = new ArrayList<>();
  private final List<List<Room>> lines = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  /** Reads a picture, with the parser of the JDK. */
  public DrawnShapes(String svg) {
    Document document = parse(svg);
    Element root = document.getDocumentElement();
    paper = new Room("the picture", 0, 0, number(root, "width"), number(root, "height"));
    elements(document, "rect").stream().skip(1).forEach(e -> rectangles.add(rectangle(e)));
    for (Element text : elements(document, "text")) {
      words.add(text.getTextContent());
      texts.add(text(text));
    }
    elements(document, "polygon").forEach(e -> polygons.add(around(e)));
    elements(document, "polyline").forEach(e -> lines.add(pieces(e)));
  }

  private static Document parse(String svg) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new AssertionError("no XML: " + svg, e);
    }
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static double number(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }

  private static Room rectangle(Element e) {
    double x = number(e, "x");
    double y = number(e, "y");
    return new Room(
        "a rectangle at %s,%s".formatted(x, y),
        x,
        y,
        x + number(e, "width"),
        y + number(e, "height"));
  }

  private static Room text(Element e) {
    int size = Integer.parseInt(e.getAttribute("font-size"));
    boolean bold = e.getAttribute("font-weight").equals("bold");
    Lettering lettering =
        Arrays.stream(LETTERINGS)
            .filter(l -> l.size() == size && l.isBold() == bold)
            .findFirst()
            .orElseThrow();
    double width = lettering.width(e.getTextContent());
    double left =
        switch (e.getAttribute("text-anchor")) {
          case "start" -> number(e, "x");
          case "middle" -> number(e, "x") - width / 2;
          case "end" -> number(e, "x") - width;
          default -> throw new AssertionError(e.getAttribute("text-anchor"));
        };
    double top = number(e, "y") - lettering.ascent();
    return new Room(
        "'" + e.getTextContent() + "'", left, top, left + width, top + lettering.height());
  }

  private static double[][] points(Element e) {
    return Arrays.stream(e.getAttribute("points").split(" "))
        .map(p -> Arrays.stream(p.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  private static Room between(String what, double[]... points) {
    return new Room(
        what,
        Arrays.stream(points).mapToDouble(p -> p[0]).min().orElseThrow(),
        Arrays.stream(points).mapToDouble(p -> p[1]).min().orElseThrow(),
        Arrays.stream(points).mapToDouble(p -> p[0]).max().orElseThrow(),
        Arrays.stream(points).mapToDouble(p -> p[1]).max().orElseThrow());
  }

  private static Room around(Element e) {
    return between("a shape at " + e.getAttribute("points"), points(e));
  }

  private static List<Room> pieces(Element e) {
    double[][] points = points(e);
    List<Room> pieces = new ArrayList<>();
    for (int i = 1; i < points.length; i++) {
      String what = "a line along " + e.getAttribute("points");
      Room piece = between(what, points[i - 1], points[i]);
      assertTrue(piece.left == piece.right || piece.top == piece.bottom, what + " is aslant");
      pieces.add(piece);
    }
    return pieces;
  }

  /** All that is written, in the order in which it is drawn. */
  public List<String> words() {
    return words;
  }

  /** Asserts that nothing lies on a text, and that no line crosses another or an edge. */
  public void assertNothingOverlaps() {
    List<Room> pieces = lines.stream().flatMap(List::stream).toList();
    for (List<Room> all : List.of(rectangles, texts, polygons, pieces)) {
      all.forEach(room -> assertTrue(paper.holds(room), room + " is not on the paper"));
    }
    eachPair(texts, Room::isApartFrom);
    eachPair(texts, polygons, Room::isApartFrom);
    eachPair(texts, pieces, Room::isApartFrom);
    eachPair(polygons, Room::isApartFrom);
    // A shaft ends one pixel inside the head of its arrow, or at a corner of a diamond.
    eachPair(polygons.stream().map(p -> p.smallerBy(1)).toList(), pieces, Room::isApartFrom);
    eachPair(rectangles, texts, (r, text) -> r.isApartFrom(text) || r.holds(text));
    eachPair(rectangles, polygons, (r, shape) -> r.isApartFrom(shape) || r.holds(shape));
    eachPair(rectangles, pieces, (r, piece) -> r.isApartFrom(piece) || r.holds(piece));
    eachPair(rectangles, (a, b) -> a.isApartFrom(b) || a.holds(b) || b.holds(a));
    assertNoLineCrosses();
  }

  private void assertNoLineCrosses() {
    for (int i = 0; i < lines.size(); i++) {
      for (int j = 0; j < i; j++) {
        eachPair(lines.get(i), lines.get(j), (a, b) -> !cross(a, b));
      }
    }
  }

  /** Whether two straight lines have a point in common that is an end of neither. */
  private static boolean cross(Room a, Room b) {
    boolean flat = a.top == a.bottom;
    Room across = flat ? a : b;
    Room down = flat ? b : a;
    return across.left < down.left
        && down.left < across.right
        && down.top < across.top
        && across.top < down.bottom;
  }

  private interface Allowed {
    boolean test(Room a, Room b);
  }

  private static void eachPair(List<Room> all, Allowed allowed) {
    for (int i = 0; i < all.size(); i++) {
      eachPair(all.subList(i, i + 1), all.subList(0, i), allowed);
    }
  }

  private static void eachPair(List<Room> some, List<Room> others, Allowed allowed) {
    for (Room a : some) {
      for (Room b : others) {
        assertTrue(allowed.test(a, b), () -> a + " and " + b);
      }
    }
  }

  /** How large the picture is, in pixels. */
  public double width() {
    return paper.right;
  }

  /** How large the picture is, in pixels. */
  public double height() {
    return paper.bottom;
  }
}
