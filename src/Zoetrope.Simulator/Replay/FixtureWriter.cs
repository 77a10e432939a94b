using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Replay;

/// <summary>Writes fixtures.</summary>
internal static class FixtureWriter
{
    /// <summary>The member that names the format, and its version.</summary>
    public const string FormatMember = "zoetrope_fixture";

    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The member that says up to which size bodies are in the fixture.</summary>
    public const string LimitMember = "max_body_bytes";

    public static string Write(IReadOnlyList<FixtureExchange> exchanges, int maxBodyBytes) => new JsonObject
    {
        [FormatMember] = Version,
        [LimitMember] = maxBodyBytes,
        ["exchanges"] = new JsonArray([.. exchanges.Select(Write)]),
    }.ToJsonString(Readable) + "\n";

    private static JsonNode Write(FixtureExchange exchange)
    {
        var request = new JsonObject { ["method"] = exchange.Method, ["url"] = exchange.Url, ["headers"] = Write(exchange.Headers) };
        Add(request, exchange.Body);
        var written = new JsonObject { ["request"] = request };
        if (exchange.Response is { } response)
        {
            var members = new JsonObject { ["status"] = response.Status, ["after_ms"] = response.AfterMs, ["headers"] = Write(response.Headers) };
            Add(members, response.Body);
            written["response"] = members;
        }
        written["ended"] = exchange.End;
        if (exchange.Failure is { } failure)
            written["failure"] = new JsonObject { ["kind"] = failure.Kind, ["message"] = failure.Message, ["after_ms"] = failure.AfterMs };
        return written;
    }

    // Several values of a header are one line of it.
    private static JsonObject Write(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var members = new JsonObject();
        foreach (var group in headers.GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
            members[group.Key] = string.Join(", ", group.Select(header => header.Value));
        return members;
    }

    private static void Add(JsonObject members, FixtureBody? body)
    {
        switch (body)
        {
            case FixtureBody.Json json:
                members["json"] = json.Value?.DeepClone();
                break;
            case FixtureBody.Text text:
                members["text"] = text.Value;
                break;
            case FixtureBody.Bytes bytes:
                members["base64"] = Convert.ToBase64String(bytes.Value);
                break;
            case FixtureBody.Digest digest:
                var written = new JsonObject { ["length"] = digest.Length, ["sha256"] = digest.Sha256 };
                if (digest.IsPart)
                    written["is_part"] = true;
                members["digest"] = written;
                break;
            case FixtureBody.Events events:
                members["events"] = new JsonArray(
                    [.. events.Items.Select(item => new JsonObject { ["after_ms"] = item.AfterMs, ["text"] = item.Text })]);
                break;
            case FixtureBody.Form form:
                members["form"] = new JsonArray([.. form.Parts.Select(Write)]);
                break;
        }
    }

    private static JsonNode Write(FormPart part)
    {
        var members = new JsonObject { ["name"] = part.Name };
        if (part.FileName is not null)
            members["file_name"] = part.FileName;
        Add(members, part.Body);
        return members;
    }
}
