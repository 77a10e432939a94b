namespace Zoetrope.Simulator.Replay;

/// <summary>
/// Finds the recorded exchange of a request: by its method, path, query and body, at its own host if that was recorded and at any other if not. Requests that
/// are the same are played in the order in which they were recorded; when all were played, the last response to a GET is played again.
/// </summary>
internal sealed class RequestMatcher(IReadOnlyList<FixtureExchange> exchanges, SecretText secrets)
{
    private readonly Lock _gate = new();
    private readonly int[] _played = new int[exchanges.Count];

    /// <summary>How many exchanges were not played yet.</summary>
    public int Left
    {
        get
        {
            lock (_gate)
                return _played.Count(times => times == 0);
        }
    }

    /// <summary>Finds the exchange of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong where there is none: in what the nearest recorded request differs.</param>
    public FixtureExchange? Find(SentRequest request, out string? problem)
    {
        problem = null;
        var url = new Uri(request.Url);
        var found = Enumerable.Range(0, exchanges.Count).Where(i => Differences(exchanges[i], request, url).Length == 0).ToList();
        var sameHost = found.FindAll(i => new Uri(exchanges[i].Url).Authority == url.Authority);
        if (sameHost.Count > 0)
            found = sameHost;
        lock (_gate)
        {
            var next = found.FindIndex(i => _played[i] == 0);
            if (next < 0 && found.Count > 0 && request.Method is "GET" or "HEAD")
                next = found.Count - 1;
            if (next >= 0)
            {
                _played[found[next]]++;
                return exchanges[found[next]];
            }
        }
        problem = found.Count > 0
            ? $"{Name(request)} was recorded {Times(found.Count)}, and all of that was played back already: "
                + "another request of this kind would be another job or another file."
            : Unmatched(request, url);
        return null;
    }

    private string Unmatched(SentRequest request, Uri url)
    {
        var start = $"No recorded request matches {Name(request)}.";
        if (exchanges.Count == 0)
            return $"{start} The fixture has none.";
        var (nearest, index) = exchanges.Select((exchange, i) => (exchange, i)).MinBy(pair => Distance(pair.exchange, request, url));
        return $"{start} The nearest is number {index + 1}, {nearest.Method} {nearest.Url}: {string.Join("; ", Differences(nearest, request, url))}.";
    }

    private string Name(SentRequest request) => $"{request.Method} {secrets.RedactUrl(request.Url)}";

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private int Distance(FixtureExchange recorded, SentRequest sent, Uri url)
    {
        var left = new Uri(recorded.Url).AbsolutePath.Split('/');
        var right = url.AbsolutePath.Split('/');
        var common = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        // A path counts more than a method, and a method more than a query or a body.
        return ((Math.Max(left.Length, right.Length) - common) * 8) + (recorded.Method == sent.Method ? 0 : 4)
            + (Query(recorded, url) is null ? 0 : 2) + (Body(recorded, sent) is null ? 0 : 1);
    }

    private string[] Differences(FixtureExchange recorded, SentRequest sent, Uri url)
    {
        var differences = new List<string>();
        if (recorded.Method != sent.Method)
            differences.Add($"the method: recorded {recorded.Method}, sent {sent.Method}");
        if (!Difference.IsSame(new Uri(recorded.Url).AbsolutePath, url.AbsolutePath))
            differences.Add($"the path: recorded {new Uri(recorded.Url).AbsolutePath}, sent {url.AbsolutePath}");
        if (Query(recorded, url) is { } query)
            differences.Add(query);
        if (Body(recorded, sent) is { } body)
            differences.Add(secrets.Redact(body));
        return [.. differences];
    }

    /// <summary>The difference of the bodies as they are sent; what is secret by its name differs from nothing, also where it is a number.</summary>
    private string? Body(FixtureExchange recorded, SentRequest sent)
    {
        var difference = Difference.OfBodies(recorded.Body, sent);
        return difference is not null && sent.Body is FixtureBody.Json json
            && Difference.OfBodies(recorded.Body, sent with { Body = new FixtureBody.Json(secrets.Redact(json.Value)) }) is null
            ? null
            : difference;
    }

    private static string? Query(FixtureExchange recorded, Uri url) => Difference.OfQueries(new Uri(recorded.Url).Query, url.Query, "parameter");
}

/// <summary>A request that is to be matched.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The address.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="IsForm">Whether the body is a form without files.</param>
internal sealed record SentRequest(string Method, string Url, FixtureBody? Body, bool IsForm)
{
    /// <summary>How many bytes the body has.</summary>
    public required long Length { get; init; }

    /// <summary>The hash of the body.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The hashes of beginnings of the body, by length.</summary>
    public required IReadOnlyDictionary<long, string> Prefixes { get; init; }
}
