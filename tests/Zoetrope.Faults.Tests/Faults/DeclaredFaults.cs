using System.Text.Json.Nodes;
using Zoetrope.Jobs.Tests;

namespace Zoetrope.Faults.Tests;

/// <summary>What a declared provider's own responses can be like, where its declaration says that something is in them.</summary>
internal static class DeclaredFaults
{
    public static IEnumerable<Fault> All { get; } =
    [
        Address("at another origin", (around, _) => around.Foreign + "taken"),
        Look("of a name that ends alike", host => $"https://evil{host}/taken"),
        Look("of a name that begins alike", host => $"https://{host}.example.com/taken"),
        Look("behind a user", host => $"https://{host}@example.com/taken"),
        Look("behind a user and a password", host => $"https://{host}:443@example.com/taken"),
        Look("with a password", host => $"https://user:password@{host}/taken"),
        Look("at another port", host => $"https://{host}:8443/taken"),
        Look("over http", host => $"http://{host}/taken"),
        Look("over http at the port of https", host => $"http://{host}:443/taken"),
        Look("over ws", host => $"wss://{host}/taken"),
        Look("behind backslashes", host => $"https:\\\\example.com\\{host}/taken"),
        Look("with a backslash in its host", host => $"https://example.com\\@{host}/taken"),
        Look("with an encoded slash in its host", host => $"https://example.com%2F.{host}/taken"),
        Look("with a full stop at its end", host => $"https://{host}./taken"),
        Look("of another alphabet", host => $"https://{host.Replace('a', '\u0430')}/taken"),
        Look("with a fragment that is the host", host => $"https://example.com#{host}/taken"),
        Look("with a query that is the host", host => $"https://example.com?{host}/taken"),
        Look("without a scheme", host => $"//evil{host}/taken"),
        Look("that is only a path", _ => "/taken"),
        Look("that is empty", _ => ""),
        Look("of this machine", _ => "https://localhost/taken"),
        Look("of the metadata service", _ => "https://169.254.169.254/latest"),
        At("receipt: the address is a number", "submit", "statusUrl", (_, _) => 5) with { Means = Meaning.Good },
        At("receipt: an error beside the job", "submit", "error/code", (_, _) => "17"),
        Id("of the folder above", "\"..\""),
        Id("of this folder", "\".\""),
        Id("that leads up", "\"a/../../../b\""),
        Id("with all that separates", "\"a?b#c@d:e%2Ff&g=h;i\\\\j\""),
        Id("that is white space", "\" \""),
        Id("that is empty", "\"\""),
        Id("that is a number", "5"),
        Id("that is a fraction", "1e400"),
        Id("that is an object", "{\"id\":\"a\"}"),
        Id("with a lone surrogate", "\"a\\ud800b\""),
        Id("with line breaks", "\"a\\r\\nHost: example.com\""),
        Id("of 70,000 characters", $"\"{new string('a', 70_000)}\""),
        Word("a word that nobody declared", "a-new-word", Meaning.Odd),
        Word("an empty word", "", Meaning.Unusable),
        .. ((string[])["failed", "canceled", "expired"]).Select(state => Once($"status: {state}, once", state)),
        .. FactsOfProviders.All.SelectMany(facts => facts.Errors.Select((error, number) => Error(facts, error, number))),
    ];

    /// <summary>Replaces the value at a JSON pointer of a body that has one there.</summary>
    public static string With(string body, string pointer, JsonNode? value)
    {
        var root = JsonNode.Parse(body)!;
        var steps = pointer.Split('/')[1..];
        var parent = steps[..^1].Aggregate((JsonNode?)root, (node, step) => (node as JsonObject)?[step]);
        if (parent is JsonObject members)
            members[steps[^1]] = value;
        return root.ToJsonString();
    }

    // What is a host of the provider's own by its looks only. Nobody but the provider's own client with names can be led there.
    private static Fault Look(string name, Func<string, string> address) =>
        Address(name, (_, call) => address(DomainOf(call.Recorded!.Facts!))) is var fault
            ? fault with { AppliesTo = call => call.Recorded?.Facts is not null && fault.AppliesTo(call) }
            : fault;

    // Subdomains of a declared host are trusted as it is.
    private static string DomainOf(Facts facts) => string.Join('.', facts.Hosts[0].Split('.')[^2..]);

    private static Fault Address(string name, Func<Surroundings, Call, string> address) =>
        At($"receipt: an address {name}", "submit", "statusUrl", (around, call) => address(around, call)) with { Means = Meaning.Good };

    private static Fault Word(string name, string word, Meaning means) => At($"status: {name}", "status", "word", (_, _) => word) with { Means = means };

    // One report that a job ended otherwise than well may be a mistake, and ends no wait.
    private static Fault Once(string name, string state) => new(name, Meaning.Odd, stage =>
    {
        var recorded = stage.Around.Call.Recorded!;
        var word = recorded.WordsOf(state)[0];
        return stage.SendAsync(recorded.HasStatusCodeWords
            ? stage.Good with { Status = int.Parse(word, System.Globalization.CultureInfo.InvariantCulture) }
            : stage.Good.WithText(With(stage.Good.Text, PointerOf(recorded.Provider, "status", "word")!, word)));
    })
    {
        IsOnce = true,
        AppliesTo = call => call is { FaultAt: "status", Recorded: { } recorded } && recorded.WordsOf(state).Count > 0,
    };

    private static Fault At(string name, string step, string member, Func<Surroundings, Call, JsonNode?> value) => new(name, Meaning.Odd, stage =>
    {
        var call = stage.Around.Call;
        return stage.SendAsync(stage.Good.WithText(With(stage.Good.Text, PointerOf(call.Recorded!.Provider, step, member)!, value(stage.Around, call))));
    })
    {
        AppliesTo = call => call.Recorded is { } recorded && call.FaultAt == step && PointerOf(recorded.Provider, step, member) is not null,
    };

    // Whatever a provider calls its job: there is a handle that is read back, or the exception does not say that there is no job.
    private static Fault Id(string name, string json)
    {
        const string Mark = "the id";
        var fault = At($"receipt: an id {name}", "submit", "id", (_, _) => Mark);
        return new Fault(fault.Name, Meaning.Odd, stage =>
        {
            var recorded = stage.Around.Call.Recorded!;
            var body = With(stage.Good.Text, PointerOf(recorded.Provider, "submit", "id")!, Mark);
            return stage.SendAsync(stage.Good.WithText(body.Replace($"\"{Mark}\"", json, StringComparison.Ordinal)));
        })
        {
            HasOtherId = true,
            AppliesTo = call => fault.AppliesTo(call) && call.Value == call.Recorded!.Name,
        };
    }

    private static Fault Error(Facts facts, CannedResponse error, int number) =>
        new($"{facts.Provider}'s own {error.Status}, {number + 1}", Meaning.Refused, stage => stage.SendAsync(error.With(Surroundings.RequestIdHeaders)))
        {
            Status = error.Status,
            IsProvidersWord = true,
            AppliesTo = call => call.Recorded is not null && call.Provider == facts.Provider,
        };

    private static string? PointerOf(DeclaredProvider provider, string step, string member)
    {
        var node = member.Split('/').Aggregate(provider.Declaration[step], (at, name) => (at as JsonObject)?[name]);
        return node is JsonValue value && (string?)value is ['/', ..] pointer ? pointer : null;
    }
}
