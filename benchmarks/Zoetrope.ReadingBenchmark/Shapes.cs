using System.Text;
using System.Text.Json;

namespace Zoetrope.ReadingBenchmark;

/// <summary>Results that are large in one way each.</summary>
internal static class Shapes
{
    /// <summary>What JsonDocument needs for them.</summary>
    public static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    private const int Depth = 240;

    /// <summary>The shapes, with how the item of an index is written and what is around all items.</summary>
    public static IEnumerable<(string Name, byte[] Json)> All(int bytes) =>
    [
        ("unknown members", Make(bytes, "{", i => $"\"member_{i}\":{i}", "}")),
        ("members of one name", Make(bytes, "{", _ => "\"member\":1", "}")),
        ("unknown objects", Make(bytes, "{", i => $"\"m{i}\":{{\"a\":[1,2,\"three\"]}}", "}")),
        ("URLs", Make(bytes, "{\"images\":[", i => $"\"https://files.example/{i}/image.png\"", "]}")),
        ("files", Make(bytes, "{\"images\":[", i => $"{{\"url\":\"https://files.example/{i}/image.png\",\"content_type\":\"image/png\",\"seed\":{i}}}", "]}")),
        ("files inside files", Nested(bytes, "{\"url\":\"https://files.example/{0}.png\",\"inner\":", "}")),
        ("objects inside objects", Nested(bytes, "{\"a\":", "}")),
        ("arrays inside arrays", Nested(bytes, "[", "]")),
        ("strings", Make(bytes, "{\"texts\":[", i => $"\"text {i}\"", "]}")),
        ("one string with escapes", Make(bytes, "{\"text\":\"", i => "\\u00e9\\n\\\"\\ud83d\\ude00abc", "\"}", separator: "")),
        ("strings that are not Unicode", Make(bytes, "{\"texts\":[", _ => "\"\\ud800\"", "]}")),
        ("nulls among strings", Make(bytes, "{\"texts\":[\"one\",", _ => "null", "]}")),
        ("whole numbers", Make(bytes, "{\"counts\":[", i => $"{i % 10}", "]}")),
        ("numbers with many digits", Make(bytes, "{\"numbers\":[", i => $"0.{i:D17}", "]}")),
        ("one number with many digits", Make(bytes, "{\"number\":", _ => "1234567890", "}", separator: "")),
        ("white space", Make(bytes, "{ ", i => $"\"member_{i}\" : [ {i} ]", " }", separator: " ,\n")),
    ];

    private static byte[] Make(int bytes, string open, Func<int, string> item, string close, string separator = ",")
    {
        var text = new StringBuilder(open, bytes + 1000);
        for (var i = 0; text.Length < bytes; i++)
            text.Append(i == 0 ? "" : separator).Append(item(i));
        return Encoding.UTF8.GetBytes(text.Append(close).ToString());
    }

    private static byte[] Nested(int bytes, string open, string close)
    {
        var one = new StringBuilder();
        for (var i = 0; i < Depth; i++)
            one.Append(open.Replace("{0}", $"{i}", StringComparison.Ordinal));
        // The size lies inside, where everything around has to go through it.
        return Make(bytes, $"{{\"deep\":{one}[", i => $"\"{i}\"", "]" + string.Concat(Enumerable.Repeat(close, Depth)) + "}");
    }
}
