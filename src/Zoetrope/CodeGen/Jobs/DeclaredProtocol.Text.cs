using System.Text;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.CodeGen.Jobs;

/// <content>What generated code makes addresses, bodies and values with.</content>
public abstract partial class DeclaredProtocol
{
    /// <summary>Escapes a value for a path or a query.</summary>
    /// <exception cref="TransportException">The value would lead to another path. Nothing was sent.</exception>
    protected static string Escape(string value) => value is "." or ".."
        ? throw new TransportException($"'{value}' is not the id of a job or a model; nothing was sent.", TransportFailure.Refused)
        : Uri.EscapeDataString(value);

    /// <summary>A segment of the id of a model, such as the owner in <c>owner/name</c>, escaped for a path.</summary>
    /// <param name="endpointId">The id.</param>
    /// <param name="index">The number of the segment, from 0.</param>
    /// <param name="count">The number of segments.</param>
    /// <exception cref="ArgumentException">The id does not have that number of segments. Nothing was sent.</exception>
    protected static string Segment(string endpointId, int index, int count)
    {
        ArgumentNullException.ThrowIfNull(endpointId);
        var segments = endpointId.Split('/');
        return segments.Length == count && segments[index].Length > 0
            ? Escape(segments[index])
            : throw new ArgumentException($"'{endpointId}' is not the id of a model: it must have {count} segments, as in 'owner/name'. Nothing was sent.");
    }

    /// <summary>Creates the exception for a model that the protocol does not know.</summary>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="known">The ids of those that it knows.</param>
    protected ArgumentException UnknownModel(string endpointId, string known) =>
        new($"'{endpointId}' is not a model of {Provider} that this client can submit to. Its models are: {known}. Nothing was sent.", nameof(endpointId));

    /// <summary>Writes a JSON object of strings, for the bodies of requests about jobs.</summary>
    /// <param name="members">Names and values in turn.</param>
    protected static string JsonOf(params ReadOnlySpan<string> members)
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        for (var i = 0; i + 1 < members.Length; i += 2)
            writer.WriteString(members[i], members[i + 1]);
        writer.WriteEndObject();

        return Encoding.UTF8.GetString(writer.Written.Span);
    }

    /// <summary>Escapes an id that can have segments, such as <c>owner/name</c>, for a path.</summary>
    /// <exception cref="TransportException">The id would lead to another path. Nothing was sent.</exception>
    protected static string EscapePath(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return string.Join('/', id.Split('/').Select(Escape));
    }

    /// <summary>A time for a query, in UTC and ISO 8601; null for none.</summary>
    protected static string? TextOf(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Adds a parameter to the query of a path; null adds none.</summary>
    protected static string WithQuery(string path, string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (value is null)
            return path;
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{path}{separator}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";
    }

    /// <summary>The text of a string, a number or a boolean; null for every other value.</summary>
    protected static string? TextOf(RawJson json) => json.Kind switch
    {
        JsonValueKind.String => json.AsString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => json.ToString(),
        _ => null,
    };

    /// <summary>Reads a text, or the JSON of another value, for messages; null for null and for an empty text.</summary>
    protected static string? TextOrJson(ref Utf8JsonReader reader) => TextOrJson(RawJson.Read(ref reader));

    /// <summary>Reads a value where none was read before; null counts as none.</summary>
    /// <param name="earlier">The value that was read before.</param>
    /// <param name="reader">The reader, on the value.</param>
    protected static RawJson? FirstOf(RawJson? earlier, ref Utf8JsonReader reader)
    {
        var json = RawJson.Read(ref reader);
        return earlier is { Kind: not JsonValueKind.Null } ? earlier : json;
    }

    /// <summary>The whole number that a value is; null for every other value.</summary>
    protected static int? WholeOf(RawJson json) =>
        ProtocolJson.Number(TextOf(json)) is { } number && decimal.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>The text of a value, or its JSON, for messages; null for null and for an empty text.</summary>
    protected static string? TextOrJson(RawJson json)
    {
        var text = TextOf(json) ?? (json.Kind == JsonValueKind.Null ? null : json.ToString());
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>The metrics of a cost.</summary>
    /// <param name="job">What the response says.</param>
    /// <param name="unit">The unit; null where it is not known.</param>
    /// <param name="isCeiling">Whether the cost is the most that the job can cost.</param>
    protected static JobMetrics MetricsOf(in JobFields job, string? unit, bool isCeiling)
    {
        var isUsd = unit is not null && (unit.Equals("usd", StringComparison.OrdinalIgnoreCase) || unit.Equals("dollars", StringComparison.OrdinalIgnoreCase));
        return isUsd
            ? new JobMetrics(Cost: job.Cost) { IsCeiling = isCeiling }
            : new JobMetrics(BillableUnits: job.Cost) { Unit = unit, IsCeiling = isCeiling };
    }
}
