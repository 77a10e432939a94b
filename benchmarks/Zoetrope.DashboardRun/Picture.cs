using System.Globalization;
using System.Net;
using System.Text;

namespace Zoetrope.DashboardRun;

/// <summary>Draws the panels where the dashboard places them.</summary>
internal static class Picture
{
    private const int Column = 50;
    private const int Row = 28;
    private const int Top = 56;
    private const int Gap = 8;

    private static readonly string[] _colors = ["#5794f2", "#73bf69", "#ff9830", "#f2495c", "#b877d9", "#fade2a", "#8ab8ff", "#96d98d"];

    public static string Draw(IReadOnlyList<(Panel Panel, IReadOnlyList<Series> Series)> panels, TimeSpan duration)
    {
        var height = Top + (panels.Max(static one => one.Panel.Y + one.Panel.Height) * Row) + Gap;
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {24 * Column} {height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Line(svg, $"<rect width=\"{24 * Column}\" height=\"{height}\" fill=\"#111217\"/>");
        Text(svg, 12, 24, "Zoetrope", "#ffffff", 18);
        Text(svg, 12, 44, $"{duration.TotalSeconds:F0} s of jobs at simulators, scraped by Prometheus; the panels and queries of zoetrope-dashboard.json", "#9fa7b3");
        foreach (var (panel, series) in panels)
            DrawPanel(svg, panel, series, duration.TotalSeconds);
        Line(svg, "</svg>");
        return svg.ToString();
    }

    private static void DrawPanel(StringBuilder svg, Panel panel, IReadOnlyList<Series> series, double seconds)
    {
        var (left, top) = ((panel.X * Column) + Gap, Top + (panel.Y * Row));
        var (width, height) = ((panel.Width * Column) - (2 * Gap), (panel.Height * Row) - Gap);
        Line(svg, $"<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"3\" fill=\"#181b1f\"/>");
        Text(svg, left + 10, top + 18, panel.Title, "#ccccdc", 13);
        if (panel.IsNumber)
        {
            var value = series.Count == 0 || series[0].Points.Count == 0 ? "no data" : Format(series[0].Points[^1].Value, panel.Unit);
            Text(svg, left + (width / 2), top + (height / 2) + 22, value, "#73bf69", 34, "middle");
            return;
        }
        var lines = panel.IsStacked ? Stack(series) : series;
        var legend = top + height - (14 * ((series.Count + 1) / 2));
        var (x0, x1, y0, y1) = (left + 52, left + width - 12, top + 30, legend - 28);
        var most = Nice(lines.SelectMany(static line => line.Points).Select(static point => point.Value).DefaultIfEmpty(1).Max());
        for (var i = 0; i <= 4; i++)
        {
            var y = y1 - ((y1 - y0) * i / 4.0);
            Line(svg, Invariant($"<line x1=\"{x0}\" x2=\"{x1}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"#2c3235\"/>"));
            Text(svg, x0 - 6, (int)y + 4, Format(most * i / 4, panel.Unit), "#9fa7b3", 10, "end");
        }
        for (var at = 0; at <= seconds; at += 60)
            Text(svg, x0 + (int)((x1 - x0) * at / seconds), y1 + 14, $"{at / 60} min", "#9fa7b3", 10, "middle");
        for (var i = lines.Count - 1; i >= 0; i--)
            DrawLine(svg, lines[i], i, panel.IsStacked, (x0, x1, y0, y1), seconds, most);
        for (var i = 0; i < series.Count; i++)
        {
            var (x, y) = (left + 12 + (i % 2 * (width / 2)), legend + (i / 2 * 14));
            Line(svg, $"<rect x=\"{x}\" y=\"{y - 8}\" width=\"10\" height=\"4\" fill=\"{ColorOf(i)}\"/>");
            Text(svg, x + 15, y - 2, series[i].Name, "#ccccdc", 10);
        }
    }

    private static void DrawLine(
        StringBuilder svg, Series line, int number, bool isFilled, (int X0, int X1, int Y0, int Y1) area, double seconds, double most)
    {
        if (line.Points.Count == 0)
            return;
        double X(double at) => area.X0 + ((area.X1 - area.X0) * Math.Clamp(at / seconds, 0, 1));
        double Y(double value) => area.Y1 - ((area.Y1 - area.Y0) * Math.Clamp(value / most, 0, 1));
        var path = string.Join(' ', line.Points.Select(point => Invariant($"{X(point.Seconds):F1},{Y(point.Value):F1}")));
        var color = ColorOf(number);
        if (isFilled)
        {
            var (first, last) = (X(line.Points[0].Seconds), X(line.Points[^1].Seconds));
            Line(svg, Invariant($"<polygon points=\"{first:F1},{area.Y1} {path} {last:F1},{area.Y1}\" fill=\"{color}\" fill-opacity=\"0.35\"/>"));
        }
        Line(svg, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.4\"/>");
    }

    private static List<Series> Stack(IReadOnlyList<Series> series)
    {
        var sums = new Dictionary<double, double>();
        var stacked = new List<Series>();
        foreach (var one in series)
        {
            var points = new List<(double, double)>();
            foreach (var (at, value) in one.Points)
                points.Add((at, sums[at] = sums.GetValueOrDefault(at) + value));
            stacked.Add(new Series(one.Name, points));
        }
        return stacked;
    }

    // The next of 1, 2, 4 and 8 with zeros, which have quarters that are short to write.
    private static double Nice(double most)
    {
        if (most <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return power * Array.Find([1, 2, 4, 8, 10.0], step => step * power >= most);
    }

    private static string Format(double value, string unit) => unit switch
    {
        "s" => Invariant($"{value:0.##} s"),
        "percentunit" => Invariant($"{value * 100:0.#} %"),
        "currencyUSD" => Invariant($"${value:#,0.##}"),
        _ => Invariant($"{value:#,0.##}"),
    };

    private static string ColorOf(int number) => _colors[number % _colors.Length];

    private static void Text(StringBuilder svg, int x, int y, string text, string color, int size = 12, string anchor = "start") => Line(
        svg, $"<text x=\"{x}\" y=\"{y}\" fill=\"{color}\" font-size=\"{size}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");

    private static void Line(StringBuilder svg, string text) => svg.Append(text).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
