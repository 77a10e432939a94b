using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs;

/// <summary>What hosts and headers of a declaration must be like: a client that refuses each of its own requests would be worth nothing.</summary>
internal static class FactRules
{
    private const string Authorization = "Authorization";

    // Those that carry the key or frame the message, which the core refuses.
    private static readonly HashSet<string> _reserved = new(
        [Authorization, "Proxy-Authorization", "Cookie", "Host", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Accept-Encoding"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the header with the key is the usual one.</summary>
    public static bool IsAuthorization(string? header) => header is null || header.Equals(Authorization, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reports hosts and headers that no request could be sent with.</summary>
    public static void Report(DeclarationSection section, DeclarationSection auth, List<SpecProblem> problems)
    {
        foreach (var host in section.Texts("hosts"))
        {
            if (!IsHost(host))
                section.Report("hosts", "names of hosts with a dot, such as bfl.ai: their subdomains are meant too");
        }
        if (auth.Text("header") is { } header && !IsToken(header))
            auth.Report("header", "the name of a header");
        foreach (var pair in section.Pairs("headers"))
        {
            var isTaken = _reserved.Contains(pair.Name) || string.Equals(pair.Name, auth.Text("header"), StringComparison.OrdinalIgnoreCase);
            if (!IsToken(pair.Name) || isTaken || pair.Text.Any(unit => unit is < ' ' or > '~'))
            {
                problems.Add(JobsProblems.BadMember.AtPointer(
                    JsonPointer.Append(section.PointerOf("headers"), pair.Name), pair.Name,
                    "a header that clients may set, with a printable ASCII value; the key is in 'auth'"));
            }
        }
    }

    private static bool IsHost(string host) =>
        host.IndexOf('.') > 0 && host.Split('.').All(label => label.Length > 0 && label.All(unit => unit == '-' || (unit < 128 && char.IsLetterOrDigit(unit))));

    /// <summary>Whether a text is the name of a header (RFC 9110, section 5.6.2).</summary>
    public static bool IsToken(string name) =>
        name.Length > 0 && name.All(unit => unit < 128 && (char.IsLetterOrDigit(unit) || "!#$%&'*+-.^_`|~".IndexOf(unit) >= 0));
}
