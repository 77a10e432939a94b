using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Media;

namespace Zoetrope.Tests;

/// <summary>Lists of strings and of files in a large response make their items when they are asked for, and are otherwise as those of a small one.</summary>
public sealed class LazyListTests
{
    private const string Files = """
        ["https://files.test/1.png", {"url":"https://files.test/2.png","content_type":"image/png","seed":[1, {"a" : "b"}]},
         "\u0061\/\ud83d\ude00", {}, {"url":5,"é":"ü"}, ""]
        """;

    private const string Texts = """["a", "", "\n\"\\\/\u00e9\ud83d\ude00", "é ] , \" [", "a"]""";

    // More than is read at once in any case.
    private static readonly string Padding = new('x', 10_000);

    [Fact]
    public void The_items_are_those_of_a_small_response()
    {
        var small = RawJson.Parse($$"""{"files":{{Files}},"texts":{{Texts}}}""").Deserialize<Gallery.Result>();
        var large = Large(Files, Texts);

        Assert.Equal(6, large.Files!.Count);
        Assert.Equal(small.Texts, large.Texts);
        for (var i = 0; i < 6; i++)
            Assert.Equal(RawJson.From(small.Files![i]), RawJson.From(large.Files![i]));
        Assert.Equal("image/png", large.Files[1].ContentType);
        Assert.Equal("""[1,{"a":"b"}]""", large.Files[1].ExtraProperties["seed"].ToString());
        Assert.StartsWith(RawJson.From(small).ToString()[..^1] + ",\"padding\":", RawJson.From(large).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => large.Files[6]);
    }

    [Fact]
    public void Items_of_another_type_are_left_out_and_shown()
    {
        var files = Large(
            """[null, "https://files.test/1.png", 5, {"url":"https://files.test/2.png"}, [{"url":"x"}], "\ud800"]""", """["a", 1, "\ud800", "b"]""");

        Assert.Equal(["https://files.test/1.png", "https://files.test/2.png"], files.Files!.Select(file => file.Url));
        Assert.Equal([0, 2, 4, 5], ((IPartialJson)files.Files!).Unread.Select(item => item.Index));
        Assert.Equal(["a", "b"], files.Texts!);
        Assert.Equal("\"\\ud800\"", ((IPartialJson)files.Texts!).Unread[1].Value.ToString());
        Assert.Null(Large("[5, true]", "{}").Files);
        Assert.Empty(Large("[]", "[null]").Files!);
    }

    [Fact]
    public void What_would_fail_in_a_small_response_fails_when_it_is_read()
    {
        const string Bad = """[{"url":"https://files.test/1.png"}, {"\ud800":1}]""";

        Assert.Throws<JsonException>(() => RawJson.Parse($$"""{"files":{{Bad}}}""").Deserialize<Gallery.Result>());
        Assert.Throws<JsonException>(() => Large(Bad, "[]"));
    }

    [Fact]
    public void An_item_is_created_once_and_keeps_what_is_set()
    {
        var gallery = Large("[" + string.Join(',', Enumerable.Range(0, 2000).Select(i => $"\"https://files.test/{i}.png\"")) + "]", "[]");

        var seen = new MediaFile[8][];
        Parallel.For(0, seen.Length, i => seen[i] = [.. gallery.Files!]);
        gallery.Files![7].Url = "https://files.test/seven.png";

        for (var i = 0; i < 2000; i++)
            Assert.All(seen, files => Assert.Same(gallery.Files[i], files[i]));
        Assert.Contains("\"https://files.test/6.png\",\"https://files.test/seven.png\",", RawJson.From(gallery).ToString());
    }

    [Fact]
    public void Items_that_are_never_accessed_need_no_memory()
    {
        var json = $$"""{"files":[{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"https://files.test/{i}.png\""))}}]}""";
        var raw = RawJson.Parse(json);
        raw.Deserialize<Gallery.Result>();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var gallery = raw.Deserialize<Gallery.Result>();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // One number each, in an array that grows.
        Assert.InRange(allocated, 0, 100_000 * 12);
        Assert.Equal("https://files.test/99999.png", gallery.Files![99_999].Url);
    }

    private static Gallery.Result Large(string files, string texts) =>
        RawJson.Parse($$"""{"files":{{files}},"texts":{{texts}},"padding":"{{Padding}}"}""").Deserialize<Gallery.Result>();
}
