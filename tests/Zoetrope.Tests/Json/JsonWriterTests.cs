using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Json;

namespace Zoetrope.Tests.Json;

/// <summary>Bytes as JSON requires them, with commas where they belong, and nothing lost.</summary>
public class JsonWriterTests
{
    [Fact]
    public void Writes_values_and_the_commas_between_them()
    {
        var writer = new JsonWriter(0);
        writer.WriteStartObject();
        writer.WriteString("text"u8, "a:[{,");
        writer.WriteString("none", null);
        writer.WriteStartArray("list");
        writer.WriteNumberValue(1);
        writer.WriteNumberValue(-2.5);
        writer.WriteStartArray();
        writer.WriteEndArray();
        writer.WriteStartObject();
        writer.WriteEndObject();
        writer.WriteStringValue("");
        writer.WriteBooleanValue(true);
        writer.WriteBooleanValue(false);
        writer.WriteNullValue();
        writer.WriteEndArray();
        writer.WriteStartObject("object");
        writer.WriteRawValue("\"a\":1,\"b\":2"u8);
        writer.WriteNumber("c", long.MinValue);
        writer.WriteEndObject();
        writer.WritePropertyName("raw"u8);
        writer.WriteRawValue("[ ]"u8);
        writer.WriteEndObject();
        Assert.Equal(
            """{"text":"a:[{,","none":null,"list":[1,-2.5,[],{},"",true,false,null],"object":{"a":1,"b":2,"c":-9223372036854775808},"raw":[ ]}""",
            Encoding.UTF8.GetString(writer.ToArray()));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\"\\/", "\\\"\\\\/")]
    [InlineData("\b\f\n\r\t\0\u001F\u007F", "\\u0008\\u000c\\n\\r\\t\\u0000\\u001f\u007F")]
    [InlineData("<a href='x'>&+", "<a href='x'>&+")]
    [InlineData("日本語 é 🎬", "日本語 é 🎬")]
    [InlineData("\u2028\uFFFE\uFFFF", "\u2028\uFFFE\uFFFF")]
    public void Escapes_only_what_must_be(string text, string expected)
    {
        var writer = new JsonWriter(0);
        writer.WriteStringValue(text);
        Assert.Equal($"\"{expected}\"", Encoding.UTF8.GetString(writer.Written.Span));
    }

    // Attributes cannot hold such texts.
    [Fact]
    public void Keeps_surrogates_without_their_other_half_as_escapes()
    {
        Escapes_only_what_must_be("\uD83C", "\\ud83c");
        Escapes_only_what_must_be("a\uDFACb\uD83C\uD83C\uDFAC", "a\\udfacb\\ud83c🎬");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_JSON_does_not_have_is_an_error_and_writes_nothing(double value)
    {
        var writer = new JsonWriter();
        Assert.Contains(value.ToString(CultureInfo.InvariantCulture), Assert.Throws<ArgumentException>(() => writer.WriteNumberValue(value)).Message);
        Assert.Equal(0, writer.Written.Length);
    }

    [Fact]
    public void Texts_of_every_length_and_kind_are_read_back_by_System_Text_Json()
    {
        var random = new Random(20261129);
        string[] pieces = ["a", "prompt ", "\"", "\\", "\n", "\u0001", "é", "ß", "日", "🎬", "\u007F", " "];
        for (var round = 0; round < 4000; round++)
        {
            var text = new StringBuilder();
            for (var left = random.Next(round % 40 == 0 ? 700 : 40); left > 0; left--)
                text.Append(pieces[random.Next(round % 3 == 0 ? pieces.Length : 2)]);
            var writer = new JsonWriter(random.Next(32));
            writer.WriteStartArray();
            writer.WriteStringValue(text.ToString());
            writer.WriteStartObject();
            writer.WriteString(text.ToString(), text.ToString());
            writer.WriteEndObject();
            writer.WriteEndArray();
            var array = JsonNode.Parse(writer.Written.Span)!.AsArray();
            Assert.Equal(text.ToString(), array[0]!.GetValue<string>());
            Assert.Equal((text.ToString(), text.ToString()), array[1]!.AsObject().Select(static one => (one.Key, one.Value!.GetValue<string>())).Single());
        }
    }

    [Theory]
    [InlineData('"', "\\\"")]
    [InlineData('\\', "\\\\")]
    [InlineData('\u001F', "\\u001f")]
    [InlineData('\u007F', "\u007F")]
    [InlineData('\u0080', "\u0080")]
    [InlineData('\u0122', "\u0122")]
    public void Every_character_of_a_text_is_looked_at(char character, string expected)
    {
        for (var length = 1; length <= 50; length++)
        {
            for (var at = 0; at < length; at++)
            {
                var (before, after) = (new string('b', at), new string('a', length - at - 1));
                var writer = new JsonWriter(length * 3);
                writer.WriteStringValue(before + character + after);
                Assert.Equal($"\"{before}{expected}{after}\"", Encoding.UTF8.GetString(writer.Written.Span));
            }
        }
    }

    [Fact]
    public void Numbers_are_read_back_as_they_were()
    {
        var random = new Random(20261129);
        for (var round = 0; round < 20000; round++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(number))
                continue;
            var wide = new Int128((ulong)random.NextInt64(), (ulong)random.NextInt64()) * (round % 2 == 0 ? 1 : -1);
            var writer = new JsonWriter(0);
            writer.WriteStartArray();
            writer.WriteNumberValue(number);
            writer.WriteNumberValue(wide);
            writer.WriteEndArray();
            using var document = JsonDocument.Parse(writer.Written);
            Assert.Equal(number, document.RootElement[0].GetDouble());
            Assert.Equal(wide.ToString(CultureInfo.InvariantCulture), document.RootElement[1].GetRawText());
        }
    }

    [Fact]
    public void A_long_text_takes_no_more_memory_than_its_bytes()
    {
        var text = new string('a', 1 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        new JsonWriter(0).WriteStringValue(text);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, text.Length, text.Length + 4096);
    }

    [Theory]
    [InlineData('"', 2)]
    [InlineData('\u0001', 6)]
    [InlineData('é', 2)]
    [InlineData('\uFFFF', 3)]
    public void A_long_text_of_one_character_is_written_whole(char character, int bytes)
    {
        var writer = new JsonWriter(0);
        writer.WriteStringValue(new string(character, 1 << 20));
        Assert.Equal((bytes << 20) + 2, writer.Written.Length);
    }

    // Scanning what follows each of them again would take hours.
    [Fact]
    public void A_long_text_of_surrogates_without_their_other_half_is_written_whole()
    {
        var writer = new JsonWriter(0);
        writer.WriteStringValue(new string('\uD83C', 1 << 20));
        Assert.Equal((6 << 20) + 2, writer.Written.Length);
    }

    [Fact]
    public void Cleared_it_begins_anew()
    {
        var writer = new JsonWriter();
        writer.WriteNumberValue(1);
        writer.Clear();
        writer.WriteNumberValue(2);
        Assert.Equal("2", Encoding.UTF8.GetString(writer.ToArray()));
    }
}
