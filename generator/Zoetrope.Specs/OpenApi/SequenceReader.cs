using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads what comes one after another in a body (<c>itemSchema</c>).</summary>
/// <param name="arraysAreSequences">Whether an array under such a media type describes the sequence (OpenAPI 3.2).</param>
/// <param name="schemas">What reads schemas.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class SequenceReader(bool arraysAreSequences, SchemaReader schemas, List<SpecProblem> problems)
{
    private readonly Dictionary<string, HashSet<string>> _doubts = new(StringComparer.Ordinal);

    /// <summary>The items of a media type; null where it has none that are described.</summary>
    /// <param name="mediaType">The media type, without parameters.</param>
    /// <param name="media">What the document says of it.</param>
    /// <param name="whole">Its schema, or null.</param>
    public SequenceItems? Read(string mediaType, JsonLocation media, Schema? whole)
    {
        var stated = media["itemSchema"];
        var kind = KindOf(mediaType);
        if (stated.Exists && kind is null)
            problems.Add(Problems.NotGenerated.At(stated.Node.NameRange, $"itemSchema of {mediaType}"));
        var items = arraysAreSequences && whole is { Ref: null, Items: { } each } ? each : null;
        if (kind is not { } known || (!stated.Exists && items is null))
            return null;
        var schema = stated.Exists ? schemas.Read(stated.Node, stated.Pointer) : items!;
        if (known == SequenceKind.Events && !_doubts.ContainsKey(schema.Pointer))
            _doubts.Add(schema.Pointer, new(StringComparer.Ordinal));
        return new(known, schema);
    }

    /// <summary>Decides what the items of event streams are, when all schemas are read.</summary>
    public ApiDescription Apply(ApiDescription api)
    {
        if (_doubts.Count == 0)
            return api;
        var named = api.Schemas.ToDictionary(schema => schema.Name, schema => schema.Schema, StringComparer.Ordinal);
        var reader = new EventReader(new EventSchemas(name => named.TryGetValue(name, out var schema) ? schema : null));
        var decided = Replace(api, (items, pointer) => reader.Read(items, doubt => Report(pointer, doubt)));
        var events = new List<SequenceItems>();
        Replace(decided, (items, _) =>
        {
            if (items.Events.Count > 0)
                events.Add(items);
            return items;
        });
        if (events.Count == 0)
            return decided;
        var copies = new EventCopies(decided, events);
        var parsed = Replace(decided, (items, _) => items.Events.Count > 0 ? items with { Schema = copies.Parsed(items.Schema) } : items);
        return parsed with { Schemas = copies.Schemas() };
    }

    /// <summary>A response can be that of several operations.</summary>
    private void Report(string pointer, string doubt)
    {
        if (_doubts[pointer].Add(doubt))
            problems.Add(Problems.AmbiguousEvents.AtPointer(pointer, doubt));
    }

    private static ApiDescription Replace(ApiDescription api, Func<SequenceItems, string, SequenceItems> replace) => api with
    {
        Operations = api.Operations.Select(operation => operation with
        {
            Responses = operation.Responses.Select(response => response with
            {
                Contents = response.Contents
                    .Select(content => content.Items is { Kind: SequenceKind.Events } items
                        ? content with { Items = replace(items, items.Schema.Pointer) }
                        : content)
                    .ToEquatableArray(),
            }).ToEquatableArray(),
        }).ToEquatableArray(),
    };

    private static SequenceKind? KindOf(string mediaType) => mediaType switch
    {
        "text/event-stream" => SequenceKind.Events,
        "application/jsonl" or "application/x-ndjson" or "application/ndjson" or "application/x-jsonl" or "application/jsonlines"
            or "application/x-jsonlines" or "application/json-lines" or "application/stream+json" or "text/x-ndjson" or "text/jsonl" => SequenceKind.Lines,
        _ => mediaType == "application/json-seq" || mediaType.EndsWith("+json-seq", StringComparison.Ordinal) ? SequenceKind.Records : null,
    };
}
