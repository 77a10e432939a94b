using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Validation;

/// <summary>What the URLs of file parameters must be like.</summary>
/// <param name="IsFile">Whether the parameter of a name is a file.</param>
/// <param name="TakesDataUris">Whether <c>data:</c> URIs are taken.</param>
/// <param name="TakesLocalUrls">Whether URLs of this machine or a private network are taken.</param>
/// <param name="TakesHttp">Whether http URLs are taken beside https ones.</param>
internal sealed record FileUrlRule(Func<string, bool> IsFile, bool TakesDataUris, bool TakesLocalUrls, bool TakesHttp)
{
    public void Check(JsonObject request, List<InputProblem> problems)
    {
        foreach (var (name, value) in request)
        {
            if (!IsFile(name))
                continue;
            if (value is JsonArray list)
            {
                for (var i = 0; i < list.Count; i++)
                    Check(list[i], [name, i], problems);
            }
            else
                Check(value, [name], problems);
        }
    }

    private void Check(JsonNode? value, object[] location, List<InputProblem> problems)
    {
        if (value?.GetValueKind() == JsonValueKind.String && Problem(value.GetValue<string>()) is { } problem)
            problems.Add(new(location, "file_download_error", problem, value.DeepClone()));
    }

    private string? Problem(string value)
    {
        if (value.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return TakesDataUris ? null : "Data URIs are not accepted; pass a publicly reachable HTTPS URL";
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return "Input is not the URL of a file";
        // As in the validators: where any URL is accepted, one with a password is accepted too.
        if (url.UserInfo.Length > 0 && !(TakesDataUris && TakesLocalUrls && TakesHttp))
            return "URLs with a user name or password are not accepted";
        if (!TakesLocalUrls && IsLocal(url))
            return "Localhost URLs are not accepted; pass a publicly reachable HTTPS URL";
        return url.Scheme == "http" && !TakesHttp ? "Only HTTPS URLs are accepted" : null;
    }

    private static bool IsLocal(Uri url)
    {
        var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        if (IPAddress.TryParse(host, out var address))
            return IsLocal(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        return !host.Contains('.') || host.EndsWith(".localhost", StringComparison.Ordinal)
            || host.EndsWith(".local", StringComparison.Ordinal) || host.EndsWith(".internal", StringComparison.Ordinal);
    }

    private static bool IsLocal(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
            return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal || address.Equals(IPAddress.IPv6Any);
        return PrivateNetworks.Any(network => network.Contains(address));
    }

    private static readonly IPNetwork[] PrivateNetworks =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
    ];
}
