using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Zoetrope.CodeGen;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

/// <summary>
/// Lists and maps in which something is of another type than documented: what can be read is read, and everything is written back as it came.
/// </summary>
public sealed class PartialListTests
{
    [Theory]
    [InlineData("""{"prompt":"a","tags":["x",null,"y"]}""", "x y", "1=null")]
    [InlineData("""{"prompt":"a","tags":[5,"x",{"b":[1]}]}""", "x", "0=5 2={\"b\":[1]}")]
    [InlineData("""{"prompt":"a","tags":["\ud800","x"]}""", "x", "0=\"\\ud800\"")]
    [InlineData("""{"prompt":"a","tags":[null]}""", "", "0=null")]
    public void Items_of_another_type_are_left_out_and_kept(string json, string items, string unread)
    {
        var request = JsonModel.FromUtf8<TestRequest>(Encoding.UTF8.GetBytes(json));

        Assert.Equal(items, string.Join(" ", request.Tags!));
        var part = Assert.IsAssignableFrom<IPartialJson>(request.Tags);
        Assert.Equal(unread, string.Join(" ", part.Unread.Select(item => $"{item.Index}={item.Value}")));
        Assert.Equal(part.Raw, request.ExtraProperties["tags"]);
        Assert.Equal(json, RawJson.From(request).ToString());
    }

    [Fact]
    public void A_request_with_such_a_list_is_not_valid_and_a_new_list_replaces_it()
    {
        var request = RawJson.Parse("""{"prompt":"a","tags":["x",null]}""").Deserialize<TestRequest>();

        var issue = Assert.Single(ValidationResult.Of(request).Issues);
        Assert.Equal(("tags", ValidationRule.Type, "an array of strings", """["x",null]"""), (issue.Path, issue.Rule, issue.Limit, issue.Actual));

        request.Tags = [.. request.Tags!];
        request.ExtraProperties.Remove("tags");
        Assert.True(ValidationResult.Of(request).IsValid);
        Assert.Equal("""{"prompt":"a","tags":["x"]}""", RawJson.From(request).ToString());
    }

    [Theory]
    [InlineData("""[{"a":1},{"b":2}]""")]
    [InlineData("""{"a":1}""")]
    [InlineData("null")]
    public void A_list_of_nothing_but_another_type_stays_unset(string tags)
    {
        var json = $$"""{"prompt":"a","tags":{{tags}}}""";
        var request = RawJson.Parse(json).Deserialize<TestRequest>();

        Assert.Null(request.Tags);
        Assert.Equal(json, RawJson.From(request).ToString());
    }

    [Fact]
    public void Objects_and_numbers_are_left_out_the_same_way()
    {
        var json = """{"prompt":"a","shots":[{"prompt":"x"},null,[1],{"prompt":"y"}],"weights":[0.5,1e999,"2",0.1000000000000000055]}""";
        var request = RawJson.Parse(json).Deserialize<TestRequest>();

        Assert.Equal(["x", "y"], request.Shots!.Select(shot => shot.Prompt));
        Assert.Equal([0.5, 0.1], request.Weights!);
        Assert.Equal(json, RawJson.From(request).ToString());
    }

    [Fact]
    public void A_map_omits_members_and_reports_them()
    {
        var map = Read<IReadOnlyDictionary<string, long>, MapCodec<long, Int64Codec>>("""{"a":1,"b":null,"a":3,"c\n":"x","d":4}""");

        Assert.Equal(["a=3", "d=4"], map.Select(member => $"{member.Key}={member.Value}"));
        Assert.False(map.ContainsKey("b"));
        var unread = ((IPartialJson)map).Unread.Select(item => (item.Index, item.Name!, item.Value.ToString()));
        Assert.Equal([(0, "a", "1"), (1, "b", "null"), (3, "c\n", "\"x\"")], unread);
    }

    [Fact]
    public void A_list_inside_a_list_leaves_out_its_own()
    {
        var rows = Read<IReadOnlyList<IReadOnlyList<long>>, ListCodec<IReadOnlyList<long>, ListCodec<long, Int64Codec>>>("[[1,2],[3,null],\"x\",[]]");

        Assert.Equal(["1 2", "3", ""], rows.Select(row => string.Join(" ", row)));
        Assert.Equal([2], ((IPartialJson)rows).Unread.Select(item => item.Index));
        Assert.Equal([1], ((IPartialJson)rows[1]).Unread.Select(item => item.Index));
        Assert.False(rows[0] is IPartialJson);
    }

    [Fact]
    public void What_is_whole_is_a_plain_list() =>
        Assert.False(RawJson.Parse("""{"prompt":"a","tags":["x"]}""").Deserialize<TestRequest>().Tags is IPartialJson);

    [Fact]
    public void Any_array_round_trips_as_a_list_of_any_codec() => Prop.ForAll(RawJsonTests.Value(3).ListOf().ToArbitrary(), items =>
    {
        var json = $"[{string.Join(",", items)}]";
        return Survives<IReadOnlyList<string>, ListCodec<string, StringCodec>>(json)
            && Survives<IReadOnlyList<long>, ListCodec<long, Int64Codec>>(json)
            && SurvivesAsWeights(json)
            && Survives<IReadOnlyList<string?>, ListCodec<string?, NullableCodec<string, StringCodec>>>(json)
            && Survives<IReadOnlyList<AnyObject>, ListCodec<AnyObject, ObjectCodec<AnyObject>>>(json)
            && Survives<IReadOnlyList<MediaFile>, ListCodec<MediaFile, FileCodec<MediaFile>>>(json)
            && Survives<IReadOnlyList<IReadOnlyList<long>>, ListCodec<IReadOnlyList<long>, ListCodec<long, Int64Codec>>>(json)
            && Survives<IReadOnlyList<IReadOnlyDictionary<string, bool>>, ListCodec<IReadOnlyDictionary<string, bool>, MapCodec<bool, BooleanCodec>>>(json);
    }).CheckSeeded();

    // Of numbers with more digits than doubles the object keeps the spelling.
    private static bool SurvivesAsWeights(string json)
    {
        var all = RawJson.Parse($$"""{"prompt":"a","weights":{{json}}}""");
        return JsonNode.DeepEquals(JsonNode.Parse(RawJson.From(all.Deserialize<TestRequest>()).Utf8), JsonNode.Parse(all.Utf8));
    }

    // Written back it is the same JSON, or, where nothing could be read at all, it is reported as another form.
    private static bool Survives<T, TCodec>(string json)
        where TCodec : struct, IJsonCodec<T>
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        var notes = default(ReadNotes);
        if (!TCodec.TryReadPart(ref reader, ref notes, out var value))
            return reader.TokenStartIndex == 0;
        var writer = new JsonWriter();
        TCodec.Write(writer, value);
        return JsonNode.DeepEquals(JsonNode.Parse(writer.Written.Span), JsonNode.Parse(json));
    }

    private static T Read<T, TCodec>(string json)
        where TCodec : struct, IJsonCodec<T>
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        var notes = default(ReadNotes);
        Assert.True(TCodec.TryReadPart(ref reader, ref notes, out var value));
        return value!;
    }
}
