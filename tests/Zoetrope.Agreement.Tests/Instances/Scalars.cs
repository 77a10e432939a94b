using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Zoetrope.Agreement.Tests;

/// <summary>Makes texts and numbers that a schema allows, with a liking for what lies at its limits.</summary>
internal static class Scalars
{
    private static readonly string[] _pieces =
        ["a", "b", "Z", "0", " ", "\"", "\\", "/", "<", "&", "\n", "\u0001", "\u007f", "é", "中", "😀", "\u2028", "'", "{}", "\ufeff", "e\u0301"];

    private static readonly string[] _matching = ["a", "abc", "A1_b", "12", "1", "#a1b2c3", "2024-01-02", "user@example.com", "a-b", "00:00:01", "en", "en-US"];

    /// <summary>A text.</summary>
    public static JsonNode? Text(FlatSchema schema, string name, Random random)
    {
        var (least, most) = (schema.Count("minLength") ?? 0, schema.Count("maxLength") ?? int.MaxValue);
        if (schema["pattern"] is JsonValue pattern)
            return Matching(pattern.GetValue<string>(), least, most, random);
        var made = (schema["format"] as JsonValue)?.GetValue<string>() switch
        {
            "uri" or "url" => "https://example.com/a/" + random.Next(100) + ".png",
            "date-time" => "2024-05-06T07:08:09Z",
            "date" => "2024-05-06",
            "uuid" or "uuid4" => "123e4567-e89b-42d3-a456-426614174000",
            "email" => "user@example.com",
            _ when IsFile(schema, name) =>
                random.Next(5) == 0 && most > 60 ? "data:image/png;base64,iVBORw0KGgo=" : "https://example.com/" + random.Next(100) + ".png",
            _ => null,
        };
        if (made is not null)
            return made.Length <= most ? made : null;
        var length = random.Next(8) switch
        {
            0 => least,
            1 when most <= 5000 => most,
            _ => (int)Math.Min(most, least + (long)random.Next(12)),
        };
        return Of(length, random);
    }

    /// <summary>A text of so many code points.</summary>
    public static string Of(int length, Random random)
    {
        var text = new StringBuilder();
        for (var left = length; left > 0;)
        {
            var piece = _pieces[random.Next(_pieces.Length)];
            var points = piece.EnumerateRunes().Count();
            if (points > left)
                continue;
            text.Append(piece);
            left -= points;
        }
        return text.ToString();
    }

    /// <summary>Names of members that no document declares.</summary>
    public static IEnumerable<string> Names(Random random)
    {
        var names = new[] { "x", "a b", "é", "q\"uote", "😀", "0", "a.b[1]" };
        return names.Skip(random.Next(names.Length)).Take(random.Next(4));
    }

    /// <summary>A whole number.</summary>
    public static JsonNode? Whole(FlatSchema schema, Random random)
    {
        var (least, most) = Limits(schema, 1m);
        if (schema.Number("multipleOf") is { } step && step > 0)
            return Multiple(least, most, step, random);
        if (least is { } low && most is { } high)
        {
            (low, high) = (Math.Ceiling(low), Math.Floor(high));
            return low > high ? null : Json(random.Next(4) switch { 0 => low, 1 => high, _ => Math.Floor(low + (high - low) * (decimal)random.NextDouble()) });
        }
        string[] sizes = [
            "0",
            "1",
            "2",
            "7",
            "1000",
            "2147483648",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "17454220438242315174",
            "123456789012345678901234567"
        ];
        var size = decimal.Parse(sizes[random.Next(sizes.Length)], CultureInfo.InvariantCulture);
        return least is { } from ? Json(Math.Ceiling(from) + size) : most is { } to ? Json(Math.Floor(to) - size) : Json(random.Next(3) == 0 ? -size : size);
    }

    /// <summary>A number, often with more digits than one would like.</summary>
    public static JsonNode? Number(FlatSchema schema, Random random)
    {
        var (least, most) = Limits(schema, 0.0001m);
        if (schema.Number("multipleOf") is { } step && step > 0)
            return Multiple(least, most, step, random);
        if (least > most)
            return null;
        var (low, high) = (least ?? (most - 1000) ?? -1000, most ?? (least + 1000) ?? 1000);
        var inside = low + (high - low) * (decimal)random.NextDouble();
        return random.Next(8) switch
        {
            0 => Json(low),
            1 => Json(high),
            2 when Math.Ceiling(low) <= high => Json(Math.Ceiling(low)),
            3 => Json(inside),
            4 when least is null && most is null => JsonNode.Parse("17454220438242315174"),
            5 when least is null && most is null => JsonNode.Parse("-1.5e3"),
            _ => Json(decimal.Clamp(Math.Round(inside, 3), low, high)),
        };
    }

    /// <summary>Any JSON.</summary>
    public static JsonNode? Anything(Random random, int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => Json(random.Next(-5, 1000)),
        3 => JsonNode.Parse("17454220438242315174.25"),
        4 or 5 => Of(random.Next(6), random),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Anything(random, depth - 1))]),
        _ => new JsonObject(Names(random).Select(name => KeyValuePair.Create(name, Anything(random, depth - 1)))),
    };

    /// <summary>The number as JSON writes it.</summary>
    public static JsonNode Json(decimal value) => JsonNode.Parse(value.ToString(CultureInfo.InvariantCulture))!;

    /// <summary>The least and the greatest value, both allowed.</summary>
    public static (decimal? Least, decimal? Most) Limits(FlatSchema schema, decimal step)
    {
        var least = schema.Number("minimum");
        var most = schema.Number("maximum");
        if (schema["exclusiveMinimum"]?.GetValueKind() == System.Text.Json.JsonValueKind.True)
            least += step;
        if (schema["exclusiveMaximum"]?.GetValueKind() == System.Text.Json.JsonValueKind.True)
            most -= step;
        if (schema.Number("exclusiveMinimum") + step is { } above && !(least > above))
            least = above;
        if (schema.Number("exclusiveMaximum") - step is { } below && !(most < below))
            most = below;
        return (least, most);
    }

    private static bool IsFile(FlatSchema schema, string name) =>
        schema["x-fal"] is not null || name.EndsWith("url", StringComparison.Ordinal) || name.EndsWith("urls", StringComparison.Ordinal);

    private static JsonNode? Matching(string pattern, int least, int most, Random random)
    {
        var regex = new Regex(pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
        var fitting = _matching.Where(text => text.Length >= least && text.Length <= most && regex.IsMatch(text)).ToList();
        return fitting.Count == 0 ? null : fitting[random.Next(fitting.Count)];
    }

    private static JsonNode? Multiple(decimal? least, decimal? most, decimal step, Random random)
    {
        var first = Math.Ceiling((least ?? Math.Min(0, most ?? 0) - step * 10) / step);
        var last = most is { } high ? Math.Floor(high / step) : first + 20;
        return first > last ? null : Json((first + Math.Floor((last - first + 1) * (decimal)random.NextDouble() * 0.999m)) * step);
    }
}
