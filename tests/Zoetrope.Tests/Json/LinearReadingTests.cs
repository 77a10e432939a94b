using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Providers;

namespace Zoetrope.Tests;

/// <summary>
/// Reading takes time and memory in proportion to what is read. Times are compared with System.Text.Json's in the same run, with margins for noisy machines
/// that are far below what reading more than once would take; where possible it is the allocated memory that is compared, which is always the same.
/// </summary>
public sealed class LinearReadingTests
{
    private const int Depth = 240;

    [Fact]
    public void Undeclared_members_cost_no_more_than_parsing_them()
    {
        var json = Many(200_000, "{", i => $"\"member_{i}\":{i}", "}");
        var raw = RawJson.Parse(json);

        Assert.InRange(Allocated(() => raw.Deserialize<TestResult>()), 0, 50_000);
        AssertFast(json, () => raw.Deserialize<TestResult>());
        var extras = raw.Deserialize<TestResult>().ExtraProperties;
        AssertFast(json, () => Assert.Equal(200_000, extras.Count));
        Assert.Equal("199999", extras["member_199999"].ToString());
    }

    [Fact]
    public void They_are_as_fast_in_JSON_that_others_own()
    {
        var json = Many(200_000, "{", i => $"\"member_{i}\" : {i}", "}");

        AssertFast(json, () => JsonModel.FromUtf8<AnyObject>(json));
        AssertFast(json, () => JsonSerializer.Deserialize(json, JsonModel.TypeInfo<AnyObject>()));
    }

    [Fact]
    public void Changing_undeclared_members_does_not_scan_all_others()
    {
        var request = new TestRequest { Prompt = "a" };
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 200_000; i++)
            request.ExtraProperties.Add($"member_{i}", i);
        for (var i = 0; i < 100_000; i++)
            Assert.True(request.ExtraProperties.Remove($"member_{i}"));
        Assert.Equal(100_000, request.ExtraProperties.Count);
        var json = RawJson.From(request);

        // Looking at all would take minutes.
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.StartsWith("""{"prompt":"a","member_100000":100000,""", json.ToString());
    }

    [Fact]
    public void Many_URLs_are_found_once_each()
    {
        var json = Many(100_000, "[", i => $"\"https://files.test/{i / 2}.png\"", "]");
        var raw = RawJson.Parse(json);

        // Each of them becomes a file, which JsonDocument does not make.
        AssertFast(json, () => Assert.Equal(50_000, MediaFinder.Find(raw).Count), times: 100);
    }

    [Fact]
    public void Files_inside_files_are_found_without_reading_the_inner_ones_again()
    {
        var inner = Encoding.UTF8.GetString(Many(50_000, "[", i => $"{{\"n\":{i}}}", "]"));
        var around = string.Concat(Enumerable.Range(0, Depth).Select(i => $$"""{"url":"https://files.test/{{i}}","inner":"""));
        var json = Encoding.UTF8.GetBytes(around + inner + new string('}', Depth));
        var raw = RawJson.Parse(json);

        var files = MediaFinder.Find(raw);
        Assert.Equal(Enumerable.Range(0, Depth).Select(i => $"https://files.test/{i}"), files.Select(file => file.Url));
        Assert.StartsWith("""{"url":"https://files.test/1","inner":{"url":""", files[0].ExtraProperties["inner"].ToString());
        Assert.Equal(inner, files[^1].ExtraProperties["inner"].ToString());
        Assert.InRange(Allocated(() => MediaFinder.Find(raw)), 0, json.Length);
        AssertFast(json, () => MediaFinder.Find(raw));
    }

    [Fact]
    public void Errors_inside_errors_are_read_once()
    {
        var inner = $$"""{"message":"deep","more":"{{new string('x', 1_000_000)}}"}""";
        var raw = RawJson.Parse(string.Concat(Enumerable.Repeat("{\"error\":", Depth)) + inner + new string('}', Depth));

        Assert.Equal("deep", ErrorBody.Read(raw).Message);
        Assert.InRange(Allocated(() => ErrorBody.Read(raw)), 0, 200_000);
    }

    [Fact]
    public void Strings_that_are_not_valid_Unicode_cost_no_exception_each()
    {
        var json = Many(200_000, "{\"prompt\":\"a\",\"tags\":[\"x\",", _ => "\"\\ud800\"", "]}");
        var raw = RawJson.Parse(json);

        AssertFast(json, () => Assert.Single(raw.Deserialize<TestRequest>().Tags!));
    }

    [Fact]
    public void Raw_JSON_shares_the_bytes_that_it_was_read_from()
    {
        var json = Many(100_000, "{\"a\":{\"b\":[", i => $"\"text {i}\"", "]}}");
        var raw = RawJson.Parse(json);

        Assert.InRange(Allocated(() => Assert.Equal(JsonValueKind.Object, raw.Deserialize<AnyObject>().ExtraProperties["a"].Kind)), 0, 50_000);
    }

    [Fact]
    public void Unions_inside_unions_are_looked_into_a_limited_number_of_times()
    {
        var inner = Encoding.UTF8.GetString(Many(200_000, "[", i => "{}", "]"));
        var (before, after) = (string.Concat(Enumerable.Repeat("{\"child\":", Depth)), string.Concat(Enumerable.Repeat(",\"kind\":\"node\"}", Depth + 1)));
        var json = Encoding.UTF8.GetBytes(before + "{\"more\":" + inner + after);
        var raw = RawJson.Parse(json);

        Assert.Equal(raw, RawJson.From(raw.Deserialize<Gallery.Tree>()));
        AssertFast(json, () => raw.Deserialize<Gallery.Tree>(), times: 60);
        var tree = RawJson.Parse("""{"child":{"child":{"n":5,"kind":"leaf"},"kind":"node"},"kind":"no\u0064e"}""").Deserialize<Gallery.Tree>();
        Assert.True(tree.TryGetTreeNode(out var node));
        Assert.True(node.Child!.Value.TryGetTreeNode(out var child));
        Assert.True(child.Child!.Value.TryGetTreeLeaf(out var leaf));
        Assert.Equal(5, leaf.N);
    }

    /// <summary>Fails when an action never takes less than so many times what JsonDocument takes for the JSON.</summary>
    private static void AssertFast(byte[] json, Action action, int times = 30)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 10 && best > times; i++)
        {
            var document = Time(() => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 }).Dispose());
            best = Math.Min(best, Time(action) / document);
        }
        Assert.InRange(best, 0, times);
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static long Allocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Many(int count, string open, Func<int, string> item, string close)
    {
        var text = new StringBuilder(open);
        for (var i = 0; i < count; i++)
            text.Append(i == 0 ? "" : ",").Append(item(i));
        return Encoding.UTF8.GetBytes(text.Append(close).ToString());
    }
}
