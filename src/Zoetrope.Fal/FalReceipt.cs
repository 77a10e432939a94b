using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Protocol;

namespace Zoetrope.Fal;

/// <summary>What fal answers to a submit, besides the status that is in it.</summary>
internal readonly record struct FalReceipt(string JobId, string? StatusUrl, string? ResponseUrl, string? CancelUrl)
{
    /// <summary>The receipt; null when the JSON names no job.</summary>
    public static FalReceipt? Read(RawJson json)
    {
        if (json.Kind != JsonValueKind.Object)
            return null;
        string? id = null, gatewayId = null, status = null, response = null, cancel = null;
        var reader = json.CreateReader();
        reader.Read();
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("request_id"u8))
                id = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("gateway_request_id"u8))
                gatewayId = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("status_url"u8))
                status = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("response_url"u8))
                response = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("cancel_url"u8))
                cancel = ProtocolJson.Text(ref reader);
            else
                reader.Skip();
        }
        var jobId = string.IsNullOrEmpty(id) ? gatewayId : id;
        return string.IsNullOrEmpty(jobId) ? null : new FalReceipt(jobId, status, response, cancel);
    }
}
