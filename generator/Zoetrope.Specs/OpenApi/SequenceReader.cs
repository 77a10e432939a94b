using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Reads what comes one after another in a body (<c>itemSchema</c>). The data of an event is a string; where the document says what JSON it holds
/// (<c>contentSchema</c>), the member is that.
/// </summary>
/// <param name="arraysAreSequences">Whether an array under such a media type describes the sequence (OpenAPI 3.2).</param>
/// <param name="schemas">What reads schemas.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class SequenceReader(bool arraysAreSequences, SchemaReader schemas, List<SpecProblem> problems)
{
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);

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
        return new(known, known == SequenceKind.Events ? AsEvent(schema) : schema);
    }

    /// <summary>Writes into named schemas of events what JSON their data holds.</summary>
    public EquatableArray<NamedSchema> Apply(EquatableArray<NamedSchema> all)
    {
        if (_events.Count == 0)
            return all;
        var byName = all.ToDictionary(named => named.Name, named => named.Schema, StringComparer.Ordinal);
        var replaced = new Dictionary<string, Schema>(StringComparer.Ordinal);
        // Those that are read lead to others.
        while (_events.FirstOrDefault(name => !replaced.ContainsKey(name)) is { } next)
            replaced.Add(next, byName.TryGetValue(next, out var schema) ? AsEvent(schema) : new Schema());
        return all.Select(named => replaced.TryGetValue(named.Name, out var schema) ? named with { Schema = schema } : named).ToEquatableArray();
    }

    private Schema AsEvent(Schema schema)
    {
        if (schema.Ref is { } name)
            _events.Add(name);
        if (schema.AnyOf.Count > 0)
            return schema with { AnyOf = schema.AnyOf.Select(AsEvent).ToEquatableArray() };
        return EventSchemas.IsEvent(schema) ? schema with { Properties = schema.Properties.Select(WithContent).ToEquatableArray() } : schema;
    }

    private static SchemaProperty WithContent(SchemaProperty property)
    {
        var text = property.Schema;
        if (property.Name != EventSchemas.Data || text.Content is not { } content)
            return property;
        var described = content with
        {
            Title = content.Title ?? text.Title,
            Description = content.Description ?? text.Description,
            Types = content.Types | (text.Types & SchemaTypes.Null),
        };
        return property with { Schema = described, IsJsonText = true };
    }

    private static SequenceKind? KindOf(string mediaType) => mediaType switch
    {
        "text/event-stream" => SequenceKind.Events,
        "application/jsonl" or "application/x-ndjson" or "application/ndjson" or "application/x-jsonl" or "application/jsonlines"
            or "application/x-jsonlines" or "application/json-lines" or "application/stream+json" or "text/x-ndjson" or "text/jsonl" => SequenceKind.Lines,
        _ => mediaType == "application/json-seq" || mediaType.EndsWith("+json-seq", StringComparison.Ordinal) ? SequenceKind.Records : null,
    };
}
