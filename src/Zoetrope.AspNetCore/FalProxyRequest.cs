using Microsoft.AspNetCore.Http;
using Zoetrope.AspNetCore.Proxy;

namespace Zoetrope.AspNetCore;

/// <summary>A request that a browser makes through the proxy, before anything was sent to fal.</summary>
public sealed class FalProxyRequest
{
    internal FalProxyRequest(HttpContext context, FalTarget target)
    {
        HttpContext = context;
        Operation = target.Operation;
        EndpointId = target.EndpointId;
    }

    /// <summary>The request of the browser, with the user and the services.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>What it does.</summary>
    public FalProxyOperation Operation { get; }

    /// <summary>
    /// The endpoint of a submit, a run or a stream, such as <c>fal-ai/flux/dev</c>; the app of a request about a job, such as <c>fal-ai/flux</c>; null for
    /// uploads and tokens.
    /// </summary>
    public string? EndpointId { get; }
}

/// <summary>What a request through the proxy does.</summary>
public enum FalProxyOperation
{
    /// <summary>Submits a job to the queue, which is billed.</summary>
    Submit,

    /// <summary>Runs a model directly, or streams its events, which is billed.</summary>
    Run,

    /// <summary>Asks for the status or the result of a job, once or as a stream.</summary>
    Poll,

    /// <summary>Cancels a job.</summary>
    Cancel,

    /// <summary>Asks where a file can be uploaded to.</summary>
    Upload,

    /// <summary>Asks for a token.</summary>
    Token,
}
