using System.Text.Json;

namespace Zoetrope.DashboardRun;

/// <summary>A panel of the dashboard.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">The description.</param>
/// <param name="IsNumber">Whether it shows one number, and not lines over time.</param>
/// <param name="IsStacked">Whether the lines are stacked.</param>
/// <param name="Unit">Grafana's name of the unit.</param>
/// <param name="X">The column of 24.</param>
/// <param name="Y">The row.</param>
/// <param name="Width">The number of columns.</param>
/// <param name="Height">The number of rows.</param>
/// <param name="Queries">The queries and the names of their series.</param>
internal sealed record Panel(
    string Title, string Description, bool IsNumber, bool IsStacked, string Unit, int X, int Y, int Width, int Height,
    IReadOnlyList<(string Query, string Legend)> Queries);

/// <summary>A line of a panel.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Points">Seconds since the begin, and values.</param>
internal sealed record Series(string Name, IReadOnlyList<(double Seconds, double Value)> Points);

/// <summary>Reads the dashboard as Grafana imports it.</summary>
internal static class Dashboard
{
    public static List<Panel> Read(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        return [.. file.RootElement.GetProperty("panels").EnumerateArray().Select(ReadPanel)];
    }

    private static Panel ReadPanel(JsonElement panel)
    {
        var place = panel.GetProperty("gridPos");
        var defaults = panel.GetProperty("fieldConfig").GetProperty("defaults");
        return new Panel(
            panel.GetProperty("title").GetString()!,
            panel.GetProperty("description").GetString()!,
            panel.GetProperty("type").GetString() == "stat",
            defaults.TryGetProperty("custom", out var custom) && custom.GetProperty("stacking").GetProperty("mode").GetString() == "normal",
            defaults.GetProperty("unit").GetString()!,
            place.GetProperty("x").GetInt32(),
            place.GetProperty("y").GetInt32(),
            place.GetProperty("w").GetInt32(),
            place.GetProperty("h").GetInt32(),
            [.. panel.GetProperty("targets").EnumerateArray().Select(target => (
                target.GetProperty("expr").GetString()!, target.GetProperty("legendFormat").GetString()!))]);
    }
}
