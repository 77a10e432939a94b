using System.Diagnostics;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.OpenTelemetry.Spans;

/// <summary>How an activity starts: with the attributes that a sampler may decide by, and linked to the submit of its job.</summary>
internal static class SpanStart
{
    public static Activity? Begin(ActivitySource source, string name, string? provider, string endpointId, JobHandle? handle)
    {
        var operation = OperationOf(name);
        var tags = new List<KeyValuePair<string, object?>>(8);
        if (provider is not null)
            tags.Add(new("zoetrope.provider", provider));
        tags.Add(new("zoetrope.endpoint", endpointId));
        if (operation is not null)
        {
            tags.Add(new("gen_ai.operation.name", operation));
            if (provider is not null)
                tags.Add(new("gen_ai.provider.name", provider));
            tags.Add(new("gen_ai.request.model", endpointId));
        }
        if (handle is not null)
        {
            tags.Add(new("zoetrope.job_id", handle.JobId));
            tags.Add(new("gen_ai.response.id", handle.JobId));
        }
        var (parent, links) = SubmitOf(source, handle);
        var activity = source.StartActivity(name, ActivityKind.Client, parent, tags, links);
        if (activity is not null && operation is not null)
            activity.DisplayName = $"{operation} {endpointId}";
        return activity;
    }

    // A run is one call of a model to those who count them by the convention; what it consists of has names of its own.
    private static string? OperationOf(string name) => name switch
    {
        "zoetrope.run" => "generate_content",
        "zoetrope.submit" => "submit",
        "zoetrope.wait" => "wait",
        "zoetrope.watch" => "watch",
        "zoetrope.cancel" => "cancel",
        _ => null,
    };

    /// <summary>
    /// The context of the submit as the parent, where nothing else is traced here, and as a link. A wait within the same run as the submit needs neither.
    /// </summary>
    private static (ActivityContext Parent, ActivityLink[]? Links) SubmitOf(ActivitySource source, JobHandle? handle)
    {
        if (handle?.TraceParent is not { } trace || !ActivityContext.TryParse(trace, null, isRemote: true, out var submit))
            return default;
        var current = Activity.Current;
        if (current?.Source == source && current.OperationName == "zoetrope.run")
            return default;
        return (current is null ? submit : default, [new ActivityLink(submit)]);
    }
}
