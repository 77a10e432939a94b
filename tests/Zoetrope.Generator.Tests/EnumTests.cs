using System.Text.Json;
using Zoetrope.Models;

namespace Zoetrope.Generator.Tests;

public class EnumTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(1500)]
    public void Every_named_value_is_known_and_no_other(int count)
    {
        var values = Enumerable.Range(0, count).Select(number => "voice \"" + number + "\"").Append("").ToList();
        var document =
            Documents.FalOpenApi("fal-ai/talk", $$"""{"voice": {"type": "string", "enum": [{{string.Join(", ", values.Select(Documents.Quote))}}]} }""");
        var type = new Project([document]).Run().Load().GetType("Demo.Models.Talk+Voice", throwOnError: true)!;
        var isKnown = type.GetProperty("IsKnown")!;

        Assert.All(values, value => Assert.True(IsKnown(Activator.CreateInstance(type, value)!)));
        Assert.All(["voice", $"voice \"{count}\"", "Voice \"0\""], value => Assert.False(IsKnown(Activator.CreateInstance(type, value)!)));
        // The unset value is the empty text.
        Assert.True(IsKnown(Activator.CreateInstance(type)!));

        bool IsKnown(object value) => (bool)isKnown.GetValue(value)!;
    }

    [Theory]
    [InlineData("1:1", true)]
    [InlineData("16:9", true)]
    [InlineData("a, b", true)]
    [InlineData(@"\d", true)]
    [InlineData("6:9", false)]
    [InlineData("16", false)]
    [InlineData(", ", false)]
    [InlineData("1:1\", \"16:9", false)]
    [InlineData(", \"16:9", false)]
    [InlineData("16:9\", ", false)]
    [InlineData("\"1:1\"", false)]
    [InlineData("", false)]
    public void Only_whole_values_are_known_and_listed(string value, bool expected)
    {
        var document = Documents.FalOpenApi("fal-ai/talk", """{"ratio": {"type": "string", "enum": ["116:9", "1:1", "16:9", "a, b", "\\d"]} }""");
        var assembly = new Project([document]).Run().Load();
        var type = assembly.GetType("Demo.Models.Talk+Ratio", throwOnError: true)!;
        var info = (ModelInfo)assembly.GetType("Demo.Models.Talk", throwOnError: true)!.GetProperty("Info")!.GetValue(null)!;

        Assert.Equal(expected, type.GetProperty("IsKnown")!.GetValue(Activator.CreateInstance(type, value)));
        Assert.Equal(["116:9", "1:1", "16:9", "a, b", @"\d"], info.Parameters.Single(parameter => parameter.Name == "ratio").Values!);
    }

    [Theory]
    [InlineData("5", "Voice must be a string, but the JSON has a number at byte 0.")]
    [InlineData("null", "Voice must be a string, but the JSON has null at byte 0.")]
    [InlineData("\"\\ud83d\"", "Voice must be a string, but the one at byte 0 contains half of a surrogate pair.")]
    public void What_is_not_a_valid_string_is_reported(string json, string message)
    {
        var document = Documents.FalOpenApi("fal-ai/talk", """{"voice": {"type": "string", "enum": ["a", "b"]} }""");
        var type = new Project([document]).Run().Load().GetType("Demo.Models.Talk+Voice", throwOnError: true)!;

        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, type));

        Assert.StartsWith(message, error.Message);
        Assert.Equal("a", JsonSerializer.Deserialize("\"a\"", type)!.ToString());
    }
}
