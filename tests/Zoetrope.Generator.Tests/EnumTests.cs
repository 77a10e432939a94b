using System.Text.Json;

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
