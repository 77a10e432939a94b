using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Generator.Tests;

/// <summary>Which schemas of event streams are events with their fields, and what their data is, against a real socket.</summary>
public class ApiEventTests
{
    private const string Chunk = """{"$ref": "#/components/schemas/Chunk"}""";

    private const string Text = """{"type": "string"}""";

    private const string Json = $$"""{"type": "string", "contentMediaType": "application/json", "contentSchema": {{Chunk}} }""";

    private static readonly string _paths = string.Join(
        ",",
        Stream("limited", Event("""{"type": "string", "enum": ["m", "n"]}""", Json)),
        Stream("limitedText", Event("""{"type": "string", "enum": ["m", "n"]}""", Text)),
        Stream("unnamed", $$"""{"type": "object", "required": ["data"], "properties": {"data": {{Json}} } }"""),
        Stream("described", Event("""{"enum": ["m", "error"]}""", Json)),
        Stream("watch", """{"$ref": "#/components/schemas/Ev"}"""),
        Stream("watchOne", """{"oneOf": [{"$ref": "#/components/schemas/EvOrPing"}, {"$ref": "#/components/schemas/Added"}]}"""),
        Stream("shared", """{"$ref": "#/components/schemas/Chunked"}"""),
        Stream("pings", """{"oneOf": [{"$ref": "#/components/schemas/Ping"}, {"$ref": "#/components/schemas/Msg"}]}"""),
        Stream("commented", $$"""{"type": "object", "required": ["data"], "properties": {"event": {{Text}}, "data": {{Json}}, "comment": {{Text}} } }"""),
        Stream("extended", $$"""{"type": "object", "required": ["data"], "properties": {"event": {{Text}}, "data": {{Json}}, "trace": {{Text}} } }"""),
        Stream("objects", Event(Text, Chunk)),
        Stream("bare", $$"""{"type": "object", "properties": {"data": {{Chunk}} } }"""),
        Stream("envelope", $$"""{"type": "object", "properties": {"id": {{Text}}, "data": {"type": "array", "items": {{Chunk}} } } }"""),
        Stream("envelopeNamed", $$"""{"type": "object", "required": ["task"], "properties": {"event": {{Text}}, "data": {{Chunk}}, "task": {{Text}} } }"""),
        Stream("nameOnly", $$"""{"type": "object", "properties": {"event": {{Text}} } }"""),
        Stream("named", """{"type": "object", "required": ["data"], "properties": {"event": {"type": "string"}, "data": {"$ref": "#/components/schemas/ZText"} } }"""),
        Stream("either", $$"""{"type": "object", "properties": {"event": {{Text}}, "data": {"oneOf": [{{Json}}, {"type": "string", "contentSchema": {"$ref": "#/components/schemas/Other"} }]} } }"""),
        Stream("kept", Event(Text, Json)),
        Stream("optional", $$"""{"type": "object", "properties": {"event": {{Text}}, "data": {{Json}} } }"""),
        Stream("nullable", Event(Text, Json.Replace("\"string\"", "[\"string\", \"null\"]"))),
        Stream("parts", """{"oneOf": [{"$ref": "#/components/schemas/TextPart"}, {"$ref": "#/components/schemas/CountPart"}]}"""),
        Stream("words", Text),
        Stream("notes", Event(Text, Text)),
        Stream("unclear", """{"oneOf": [{"$ref": "#/components/schemas/TextPart"}, {"$ref": "#/components/schemas/JsonPart"}]}"""),
        Stream("foreign", """{"oneOf": [{"$ref": "#/components/schemas/TextPart"}, {"$ref": "#/components/schemas/Other"}]}"""),
        """
        "/listed": {"get": {"operationId": "listed", "responses": {"200": {"description": "d", "content": {"text/event-stream": {"schema": {
          "type": "array", "items": {"$ref": "#/components/schemas/Listed"} } } } } } } },
        "/echo": {"post": {"operationId": "echo", "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ev"} } } },
          "responses": {"200": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ev"} } } } } } }
        """);

    private static readonly string _schemas = $$"""
        "Chunk": {"type": "object", "properties": {"z": {"type": "integer"} } },
        "Other": {"type": "object", "required": ["y"], "properties": {"y": {"type": "integer"} } },
        "ZText": {{Json}},
        "Ev": {{Event(Text, Json)}},
        "Chunked": {{Event(Text, Json)}},
        "Listed": {{Event(Text, Json)}},
        "EvOrPing": {"oneOf": [{"$ref": "#/components/schemas/Msg"}, {"$ref": "#/components/schemas/Ping"}]},
        "Ping": {"type": "object", "required": ["event"], "properties": {"event": {"const": "ping"} } },
        "Msg": {{Event("""{"const": "msg"}""", Json)}},
        "Added": {{Event("""{"const": "added"}""", """{"type": "string", "contentSchema": {"$ref": "#/components/schemas/Ev"} }""")}},
        "TextPart": {{Event("""{"const": "text"}""", Text)}},
        "JsonPart": {{Event("""{"const": "text"}""", Json)}},
        "CountPart": {{Event("""{"const": "count"}""", """{"type": "string", "contentSchema": {"type": "integer"} }""")}}
        """;

    private static readonly ApiCalls _calls = new(
        ApiDocuments.Of(_paths, _schemas).Replace("\"3.0.3\"", "\"3.2.0\""),
        """
            private static async Task<string> All<T>(IAsyncEnumerable<T> items, Func<T, string?> text)
            {
                var all = new List<string?>();
                try
                {
                    await foreach (var item in items)
                        all.Add(text(item));
                }
                catch (TransportException exception)
                {
                    all.Add(exception.Failure + "(" + Encoding.UTF8.GetString(exception.Body.Span) + ")");
                }
                return string.Join("|", all);
            }
            public static Task<string> Limited(DemoClient demo) => All(demo.LimitedAsync(), one => one.Event + "=" + one.Data.Z);
            public static Task<string> LimitedText(DemoClient demo) => All(demo.LimitedTextAsync(), one => one.Event + "=" + one.Data);
            public static Task<string> Unnamed(DemoClient demo) => All(demo.UnnamedAsync(), one => "=" + one.Data.Z);
            public static Task<string> Described(DemoClient demo) => All(demo.DescribedAsync(), one => one.Event + "=" + one.Data.Z);
            public static Task<string> Watch(DemoClient demo) => All(demo.WatchAsync(), one => one.Event + "=" + one.Data.Z);
            public static Task<string> WatchOne(DemoClient demo) => All(
                demo.WatchOneAsync(),
                one => one.TryGetAdded(out var added) ? "added=" + added.Data.Event + ":" + added.Data.Data
                    : one.TryGetMsg(out var msg) ? "msg=" + msg.Data.Z : one.TryGetPing(out var ping) ? ping.Event + "" : null);
            public static Task<string> Shared(DemoClient demo) => All(demo.SharedAsync(), (Demo.Models.Demo.Chunked one) => one.Event + "=" + one.Data.Z);
            public static Task<string> Listed(DemoClient demo) => All(demo.ListedAsync(), (Demo.Models.Demo.Listed one) => one.Event + "=" + one.Data.Z);
            public static Task<string> Pings(DemoClient demo) => All(
                demo.PingsAsync(), one => one.TryGetMsg(out var msg) ? "msg=" + msg.Data.Z : one.TryGetPing(out var ping) ? ping.Event + "" : null);
            public static Task<string> Commented(DemoClient demo) => All(demo.CommentedAsync(), one => one.Event + "=" + one.Data.Z);
            public static Task<string> Extended(DemoClient demo) => All(demo.ExtendedAsync(), one => one.Event + "=" + one.Data.Z);
            public static Task<string> Objects(DemoClient demo) => All(demo.ObjectsAsync(), one => one.Event + "=" + one.Data.Z);
            public static Task<string> Bare(DemoClient demo) => All(demo.BareAsync(), one => "=" + one.Data?.Z);
            public static Task<string> Envelope(DemoClient demo) => All(demo.EnvelopeAsync(), one => one.Id + "=" + one.Data?[0].Z);
            public static Task<string> EnvelopeNamed(DemoClient demo) => All(demo.EnvelopeNamedAsync(), one => one.Task + ":" + one.Event + "=" + one.Data?.Z);
            public static Task<string> NameOnly(DemoClient demo) => All(demo.NameOnlyAsync(), one => one.Event);
            public static Task<string> Named(DemoClient demo) => All(demo.NamedAsync(), one => one.Event + "=" + one.Data.Z);
            public static Task<string> Either(DemoClient demo) => All(demo.EitherAsync(), one => one.Data!.Value.TryGetOther(out var other) ? "y=" + other.Y : "else");
            public static Task<string> Kept(DemoClient demo) => All(demo.KeptAsync(), one => one.Event + "=" + one.Data.Z);
            public static Task<string> Optional(DemoClient demo) => All(demo.OptionalAsync(), one => one.Event + "=" + (one.Data is { } data ? data.Z : "none"));
            public static Task<string> Nullable(DemoClient demo) => All(demo.NullableAsync(), one => one.Event + "=" + (one.Data is { } data ? data.Z : "none"));
            public static Task<string> Parts(DemoClient demo) => All(
                demo.PartsAsync(), one => one.TryGetTextPart(out var text) ? "text=" + text.Data : one.TryGetCountPart(out var count) ? "count=" + (count.Data + 1) : one.Raw.ToString());
            public static Task<string> Words(DemoClient demo) => All(demo.WordsAsync(), text => text);
            public static Task<string> Notes(DemoClient demo) => All(demo.NotesAsync(), one => one.Event + "=" + one.Data);
            public static async Task<string> Echo(DemoClient demo)
            {
                var echoed = await demo.EchoAsync(new() { Event = "e", Data = "{\"z\":3}" });
                return echoed.Data;
            }
        """);

    [Theory]
    [InlineData("Limited", "event: m\ndata: {\"z\":1}\n\nevent: error\ndata: {\"message\":\"out of credit\"}\n\n", "m=1|Broken({\"message\":\"out of credit\"})")]
    [InlineData("LimitedText", "event: m\ndata: a\n\nevent: error\ndata: out of credit\n\n", "m=a|Broken(out of credit)")]
    [InlineData("Unnamed", "data: {\"z\":1}\n\nevent: error\ndata:\n\n", "=1|Broken()")]
    [InlineData("Pings", "event: msg\ndata: {\"z\":1}\n\nevent: error\ndata: no\n\n", "msg=1|Broken(no)")]
    [InlineData("Described", "event: error\ndata: {\"z\":1}\n\n", "error=1")]
    [InlineData("Notes", "event: error\ndata: it is described as any event is\n\n", "error=it is described as any event is")]
    public Task Errors_that_the_document_does_not_describe_are_thrown(string call, string body, string expected) => Gives(call, body, expected);

    [Theory]
    [InlineData("Watch", "event: m\ndata: {\"z\":1}\n\n", "m=1")]
    [InlineData("WatchOne", "event: added\ndata: {\"event\":\"m\",\"data\":\"{}\"}\n\nevent: msg\ndata: {\"z\":1}\n\nevent: ping\ndata:\n\n", "added=m:{}|msg=1|ping")]
    [InlineData("Shared", "event: m\ndata: {\"z\":1}\n\n", "m=1")]
    [InlineData("Listed", "event: m\ndata: {\"z\":1}\n\n", "m=1")]
    [InlineData("Named", "event: m\ndata: {\"z\":1}\n\n", "m=1")]
    [InlineData("Either", "event: m\ndata: {\"y\":1}\n\n", "y=1")]
    public Task Only_events_of_streams_hold_what_their_data_is(string call, string body, string expected) => Gives(call, body, expected);

    [Fact]
    public async Task A_schema_that_is_an_event_elsewhere_is_sent_and_read_as_the_document_says()
    {
        const string Sent = """{"event":"e","data":"{\"z\":3}"}""";
        await using var server = new FakeServer(Reply(200, Sent, "Content-Type: application/json"));

        Assert.Equal("""{"z":3}""", await _calls.RunAsync(server, "Echo"));

        Assert.EndsWith(Sent, Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("Pings", "event: ping\ndata:\n\nevent: msg\ndata: {\"z\":1}\n\nevent: ping\ndata: {\"a\":1}\n\n", "ping|msg=1|ping")]
    [InlineData("Commented", ": hi\nevent: m\ndata: {\"z\":1}\n\n", "m=1")]
    [InlineData("Extended", "event: m\ndata: {\"z\":1}\n\n", "m=1")]
    [InlineData("Objects", "event: m\ndata: {\"z\":1}\n\n", "m=1")]
    [InlineData("Bare", "data: {\"z\":1}\n\n", "=1")]
    [InlineData("Envelope", "data: {\"id\":\"a\",\"data\":[{\"z\":1}]}\n\n", "a=1")]
    [InlineData("EnvelopeNamed", "data: {\"task\":\"t\",\"event\":\"m\",\"data\":{\"z\":1}}\n\n", "t:m=1")]
    [InlineData("NameOnly", "data: {\"event\":\"m\"}\n\n", "m")]
    public Task Events_and_payloads_are_distinguished_by_their_members(string call, string body, string expected) => Gives(call, body, expected);

    [Theory]
    [InlineData("Words", "data: Hello\n\ndata:  \n\ndata:  world\n\ndata:\ndata:\n\ndata:\n\ndata: [DONE]\n\n", "Hello| | world|\n")]
    [InlineData("Notes", "event: a\ndata:  \n\ndata:  \n\ndata:\n\n", "a= |message= ")]
    public Task White_space_is_text(string call, string body, string expected) => Gives(call, body, expected);

    [Theory]
    [InlineData("Kept", "event: ping\ndata:\n\nevent: m\ndata: {\"z\":1}\n\n", "m=1")]
    [InlineData("Unnamed", "event: ping\ndata:\n\ndata: {\"z\":1}\n\n", "=1")]
    [InlineData("Limited", "event: ping\ndata: \n\nevent: m\ndata: {\"z\":1}\n\nevent: m\ndata:\n\n", "m=1|Malformed()")]
    [InlineData("Optional", "event: ping\ndata:\n\ndata:\n\nevent: m\ndata: {\"z\":1}\n\n", "ping=none|m=1")]
    [InlineData("Nullable", "event: ping\ndata:\n\nevent: m\ndata: {\"z\":1}\n\n", "ping=none|m=1")]
    [InlineData("Parts", "event: ping\ndata:\n\nevent: count\ndata: 5\n\n", "count=6")]
    public Task Events_without_data_do_not_end_the_items(string call, string body, string expected) => Gives(call, body, expected);

    [Theory]
    [InlineData("event: count\ndata: 5\n\nevent: text\ndata: {\"a\":1}\n\nevent: text\ndata: 7\n\n", "count=6|text={\"a\":1}|text=7")]
    [InlineData("event: count\ndata: five\n\n", "Malformed(five)")]
    [InlineData("event: new\ndata: {\"a\":1}\n\n", "{\"event\":\"new\",\"data\":{\"a\":1}}")]
    public Task The_name_of_an_event_says_what_its_data_is(string body, string expected) => Gives("Parts", body, expected);

    [Fact]
    public void What_the_document_leaves_open_is_reported()
    {
        var found = _calls.Generated.Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0083")
            .Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)["The schema of these events is ambiguous: ".Length..]);

        Assert.Equal(
            [
                "it has 'comment', which is not a field of events; it is read as the events",
                "it has 'data', and 'trace', which events do not have; it is read as the events",
                "its 'data' is neither a string nor described by 'contentSchema'; it is read as the events",
                "its 'data' is neither a string nor described by 'contentSchema'; it is read as the events",
                "its 'data' is an array, and it has no 'event'; it is read as the data of events",
                "it has 'data', and 'task', which events do not have; it is read as the data of events",
                "it has 'event' but no 'data'; it is read as the data of events",
                "the data of the event 'text' is described as text and as JSON; objects and arrays are read as JSON, and all else as text",
                "one alternative is an event and another one is not; it is read as the events, so the other one is never received",
            ],
            found);
    }

    private static async Task Gives(string call, string body, string expected)
    {
        await using var server = new FakeServer(Reply(200, body, "Content-Type: text/event-stream"));

        Assert.Equal(expected, await _calls.RunAsync(server, call));
    }

    private static string Event(string name, string data) =>
        $$"""{"type": "object", "required": ["event", "data"], "properties": {"event": {{name}}, "data": {{data}} } }""";

    private static string Stream(string id, string schema) => $$"""
        "/{{id}}": {"get": {"operationId": "{{id}}", "responses": {"200": {"description": "d", "content": {"text/event-stream": {"itemSchema": {{schema}} } } } } } }
        """;
}
