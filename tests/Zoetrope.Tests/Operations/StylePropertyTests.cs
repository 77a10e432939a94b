using System.Net;
using System.Web;
using FsCheck;
using FsCheck.Fluent;
using Zoetrope.CodeGen;
using Zoetrope.CodeGen.Operations;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>
/// What is written in a style is what a decoder that knows nothing of the writer gives back. Where a style cannot tell its delimiter from one in a text, texts
/// have none.
/// </summary>
public sealed class StylePropertyTests
{
    private const string Name = "näme&";

    private static readonly Gen<string> Pieces =
        Gen.Elements("a", "B7", "é", "😀", " ", ",", ";", "&", "=", "%", "%2C", "+", "/", "?", "#", "[", "]", "\"", "\\", "\n", "\0", "~", "-", ".", "|", "'");

    private static readonly Gen<string> Texts = Pieces.ListOf().Select(string.Concat);

    [Theory]
    [InlineData(ParameterStyle.Form, true, "")]
    [InlineData(ParameterStyle.Form, false, "")]
    [InlineData(ParameterStyle.SpaceDelimited, true, "")]
    [InlineData(ParameterStyle.SpaceDelimited, false, " ")]
    [InlineData(ParameterStyle.PipeDelimited, true, "")]
    [InlineData(ParameterStyle.PipeDelimited, false, "|")]
    public Task A_list_in_the_query_comes_back(ParameterStyle style, bool explode, string ambiguous) => CheckAsync(
        Lists(ambiguous),
        list =>
            new OperationCall(HttpMethod.Get, "Test").Literal("/x").Query<IReadOnlyList<string>, ListCodec<string, StringCodec>>(Name, list, style, explode),
        target => explode
            ? HttpUtility.ParseQueryString(QueryOf(target)).GetValues(Name)!
            : Split(ValueOf(QueryOf(target)), Delimiter(style)));

    [Theory]
    [InlineData(ParameterStyle.Form, true, "")]
    [InlineData(ParameterStyle.Form, false, "")]
    [InlineData(ParameterStyle.SpaceDelimited, false, " ")]
    [InlineData(ParameterStyle.PipeDelimited, false, "|")]
    [InlineData(ParameterStyle.DeepObject, true, "")]
    public Task An_object_in_the_query_comes_back(ParameterStyle style, bool explode, string ambiguous) => CheckAsync(
        Maps(ambiguous),
        map => new OperationCall(HttpMethod.Get, "Test")
            .Literal("/x")
            .Query<IReadOnlyDictionary<string, string>, MapCodec<string, StringCodec>>(Name, map, style, explode),
        target => style == ParameterStyle.DeepObject
            ? Deep(QueryOf(target))
            : explode ? Pairs(QueryOf(target), "&") : Interleaved(Split(ValueOf(QueryOf(target)), Delimiter(style))));

    [Theory]
    [InlineData(ParameterStyle.Simple, false, "")]
    [InlineData(ParameterStyle.Label, false, "")]
    [InlineData(ParameterStyle.Label, true, ".")]
    [InlineData(ParameterStyle.Matrix, false, "")]
    [InlineData(ParameterStyle.Matrix, true, "")]
    public Task A_list_in_the_path_comes_back(ParameterStyle style, bool explode, string ambiguous) => CheckAsync(
        Lists(ambiguous).Where(list => list[0].Any(char.IsLetter)),
        list =>
            new OperationCall(HttpMethod.Get, "Test").Literal("/x/").Path<IReadOnlyList<string>, ListCodec<string, StringCodec>>(Name, list, style, explode),
        target => style switch
        {
            ParameterStyle.Simple => Split(SegmentOf(target), ","),
            ParameterStyle.Label => Split(SegmentOf(target)[1..], explode ? "." : ","),
            _ when explode => [.. SegmentOf(target)[1..].Split(';').Select(pair => Decode(AfterName(pair)))],
            _ => Split(AfterName(SegmentOf(target)[1..]), ","),
        });

    [Theory]
    [InlineData(ParameterStyle.Simple, false, "")]
    [InlineData(ParameterStyle.Simple, true, "")]
    [InlineData(ParameterStyle.Label, true, ".")]
    [InlineData(ParameterStyle.Matrix, false, "")]
    [InlineData(ParameterStyle.Matrix, true, "")]
    public Task An_object_in_the_path_comes_back(ParameterStyle style, bool explode, string ambiguous) => CheckAsync(
        Maps(ambiguous),
        map => new OperationCall(HttpMethod.Get, "Test")
            .Literal("/x/")
            .Path<IReadOnlyDictionary<string, string>, MapCodec<string, StringCodec>>(Name, map, style, explode),
        target => style switch
        {
            ParameterStyle.Simple => explode ? Pairs(SegmentOf(target), ",") : Interleaved(Split(SegmentOf(target), ",")),
            ParameterStyle.Label => Pairs(SegmentOf(target)[1..], "."),
            _ when explode => Pairs(SegmentOf(target)[1..], ";"),
            _ => Interleaved(Split(AfterName(SegmentOf(target)[1..]), ",")),
        });

    [Fact]
    public async Task A_form_round_trips()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);

        Check(Lists("").Zip(Texts), sample =>
        {
            var call = new OperationCall(HttpMethod.Post, "Test").Literal("/x")
                .Field<IReadOnlyList<string>, ListCodec<string, StringCodec>>(Name, sample.Item1)
                .Field<string, StringCodec>("other", sample.Item2);
            client.SendAsync(call).GetAwaiter().GetResult();
            var fields = HttpUtility.ParseQueryString(server.Requests[^1].Split("\r\n\r\n", 2)[1]);
            return sample.Item1.SequenceEqual(fields.GetValues(Name)!) && fields["other"] == sample.Item2;
        });
    }

    private static Gen<IReadOnlyList<string>> Lists(string ambiguous) =>
        Texts.Where(text => ambiguous.Length == 0 || !text.Contains(ambiguous)).NonEmptyListOf().Select(list => (IReadOnlyList<string>)list);

    private static Gen<IReadOnlyDictionary<string, string>> Maps(string ambiguous) =>
        (from key in Pieces.NonEmptyListOf().Select(string.Concat).Where(text => ambiguous.Length == 0 || !text.Contains(ambiguous))
         from value in Texts.Where(text => ambiguous.Length == 0 || !text.Contains(ambiguous))
         select KeyValuePair.Create("k" + key, value))
        .NonEmptyListOf().Select(members => (IReadOnlyDictionary<string, string>)members.DistinctBy(member => member.Key).ToDictionary());

    private static async Task CheckAsync<T, TItem>(Gen<T> values, Func<T, OperationCall> build, Func<string, IEnumerable<TItem>> decode)
        where T : IEnumerable<TItem>
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        using var client = DemoClient.At(server.Url);

        Check(values, value =>
        {
            client.SendAsync(build(value)).GetAwaiter().GetResult();
            return value.SequenceEqual(decode(server.Requests[^1].Split(' ')[1]));
        });
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> holds) => Prop.ForAll(values.ToArbitrary(), holds).CheckSeeded();

    private static string QueryOf(string target) => target.Split('?', 2)[1];

    private static string SegmentOf(string target) => target.Split('/')[2];

    private static string ValueOf(string query) => AfterName(query);

    private static string AfterName(string pair)
    {
        var parts = pair.Split('=', 2);
        Assert.Equal(Name, Decode(parts[0]));
        return parts.Length > 1 ? parts[1] : "";
    }

    private static string Delimiter(ParameterStyle style) => style switch
    {
        ParameterStyle.SpaceDelimited => "%20",
        ParameterStyle.PipeDelimited => "%7C",
        _ => ",",
    };

    private static string Decode(string text) => WebUtility.UrlDecode(text);

    private static string[] Split(string text, string delimiter) => [.. text.Split(delimiter).Select(Decode)];

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string text, string delimiter) =>
        text.Split(delimiter).Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(Decode(pair[0]), pair.Length > 1 ? Decode(pair[1]) : ""));

    private static IEnumerable<KeyValuePair<string, string>> Interleaved(string[] parts) =>
        parts.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]));

    private static IEnumerable<KeyValuePair<string, string>> Deep(string query) => Pairs(query, "&").Select(pair =>
    {
        Assert.StartsWith(Name + "[", pair.Key);
        Assert.EndsWith("]", pair.Key);
        return KeyValuePair.Create(pair.Key[(Name.Length + 1)..^1], pair.Value);
    });
}
