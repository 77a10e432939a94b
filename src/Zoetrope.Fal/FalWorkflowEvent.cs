using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Fal;

/// <summary>
/// An event of a workflow's stream: a node was submitted or completed, or the workflow has its output. An <c>error</c> event is not one of them: it ends the
/// stream with a <see cref="Errors.ServiceException"/>.
/// </summary>
public sealed class FalWorkflowEvent : IJsonModel<FalWorkflowEvent>
{
    private RawJson _raw;

    /// <summary>What happened: <c>submit</c>, <c>completion</c>, <c>output</c>, or a word that fal adds.</summary>
    public string? Type { get; private init; }

    /// <summary>The node of the workflow; null for the workflow's own output.</summary>
    public string? NodeId { get; private init; }

    /// <summary>The model that a submitted node runs.</summary>
    public string? AppId { get; private init; }

    /// <summary>fal's id of the node's job.</summary>
    public string? RequestId { get; private init; }

    /// <summary>The output of the node or of the workflow; JSON null where there is none.</summary>
    public RawJson Output { get; private init; }

    /// <summary>The event as it was received.</summary>
    public RawJson Raw => _raw;

    /// <inheritdoc/>
    public static FalWorkflowEvent Read(ref Utf8JsonReader reader)
    {
        var raw = RawJson.Read(ref reader);
        if (raw.Kind != JsonValueKind.Object)
            throw new JsonException("An event of a workflow is an object.");
        string? type = null, node = null, app = null, request = null;
        RawJson output = default;
        var members = raw.CreateReader();
        members.Read();
        while (ProtocolJson.NextMember(ref members, out var name))
        {
            if (name.SequenceEqual("type"u8))
                type = ProtocolJson.Text(ref members);
            else if (name.SequenceEqual("node_id"u8))
                node = ProtocolJson.Text(ref members);
            else if (name.SequenceEqual("app_id"u8))
                app = ProtocolJson.Text(ref members);
            else if (name.SequenceEqual("request_id"u8))
                request = ProtocolJson.Text(ref members);
            else if (name.SequenceEqual("output"u8))
                output = RawJson.Read(ref members);
            else
                members.Skip();
        }
        return new FalWorkflowEvent { Type = type, NodeId = node, AppId = app, RequestId = request, Output = output, _raw = raw };
    }

    /// <inheritdoc/>
    public void Write(JsonWriter writer) => _raw.Write(writer);
}
