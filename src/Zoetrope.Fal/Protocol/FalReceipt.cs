using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Providers;

namespace Zoetrope.Fal.Protocol;

/// <summary>The ids of the job in a response of fal's queue.</summary>
internal struct FalJobNames
{
    /// <summary>The id of the job.</summary>
    public string? RequestId;

    /// <summary>The id of its last attempt, which is the job's id if a submit returned no other.</summary>
    public string? GatewayRequestId;

    /// <summary>Where the result is, or a model's own member of that name.</summary>
    public string? ResponseUrl;

    /// <summary>Where the status is, or a model's own member of that name.</summary>
    public string? StatusUrl;

    /// <summary>Where the job is canceled.</summary>
    public string? CancelUrl;

    /// <summary>Whether the queue's URLs are in it, which a model's own result does not have; one may have URLs of another service.</summary>
    /// <param name="hosts">The hosts of the queue.</param>
    public readonly bool HaveUrlsOf(TrustedHosts hosts) => IsOf(hosts, ResponseUrl) || IsOf(hosts, StatusUrl);

    /// <summary>Whether they name a job.</summary>
    public readonly bool AreOf(JobHandle handle) => (RequestId ?? GatewayRequestId) is { } id && handle.MayBeNamed(id, GatewayRequestId);

    private static bool IsOf(TrustedHosts hosts, string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && hosts.Contains(uri);
}

/// <summary>fal's response to a submit, without the status in it. URLs that follow from the ids are null.</summary>
internal readonly record struct FalReceipt(string JobId, string? StatusUrl, string? ResponseUrl, string? CancelUrl)
{
    /// <summary>The receipt; null when the response does not name a job.</summary>
    public static FalReceipt? Of(in FalJobNames names)
    {
        var jobId = string.IsNullOrEmpty(names.RequestId) ? names.GatewayRequestId : names.RequestId;
        return string.IsNullOrEmpty(jobId) ? null : new FalReceipt(jobId, names.StatusUrl, names.ResponseUrl, names.CancelUrl);
    }

    /// <summary>The receipt in a response that is incomplete or not usable; null when it does not name the job.</summary>
    public static FalReceipt? ReadPart(ReadOnlySpan<byte> part)
    {
        if (ProtocolJson.TextOfPart(part, "request_id", "gateway_request_id") is not { } jobId)
            return null;
        return new FalReceipt(
            jobId, ProtocolJson.TextOfPart(part, "status_url"), ProtocolJson.TextOfPart(part, "response_url"), ProtocolJson.TextOfPart(part, "cancel_url"));
    }
}
