namespace Zoetrope.Fal.Protocol;

/// <summary>Adds the headers of options that few apps set.</summary>
internal static class FalRareHeaders
{
    /// <summary>Adds them.</summary>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public static void Add(FalSubmitOptions options, List<KeyValuePair<string, string>> headers)
    {
        if (options.Tags is { Count: > 0 } tags)
            headers.Add(new("X-Fal-Tags", FalTags.Write(tags)));
        if (options.RetryLimits?.Write() is { } retries)
            headers.Add(new("X-Fal-Retry-Config", retries));
    }
}
