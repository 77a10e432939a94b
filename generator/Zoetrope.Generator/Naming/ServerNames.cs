using Zoetrope.Specs.Model;
using Zoetrope.Specs.Words;

namespace Zoetrope.Generator.Naming;

/// <summary>What the server of an API says about whose it is.</summary>
internal static class ServerNames
{
    /// <summary>Domains below which everybody can have a name, so that the label before them is the distinctive one.</summary>
    private static readonly string[] SharedDomains =
    [
        "amazonaws.com", "appspot.com", "azure-api.net", "azurewebsites.net", "cloudfront.net", "cloudfunctions.net", "execute-api.amazonaws.com", "fly.dev",
        "github.io", "googleapis.com",
        "herokuapp.com", "hf.space", "modal.run", "netlify.app", "ngrok.app", "ngrok.io", "onrender.com", "pages.dev", "rapidapi.com", "replit.app", "run.app",
        "supabase.co", "vercel.app",
        "web.app", "workers.dev",
    ];

    /// <summary>Second labels under which a country registers names.</summary>
    private static readonly HashSet<string> SecondLevels = new(StringComparer.Ordinal) { "ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org" };

    /// <summary>The server that identifies an API's owner: the first that others can reach, else the first; null where the document has none.</summary>
    public static Uri? Of(ApiDescription api)
    {
        var servers = api.Servers.Concat(api.Operations.Select(operation => operation.Server).OfType<string>())
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : null).OfType<Uri>().ToList();
        return servers.Find(server => !server.IsLoopback) ?? servers.FirstOrDefault();
    }

    /// <summary>The server in one spelling, without the version in its path: what distinguishes the APIs of two providers.</summary>
    public static string? IdentityOf(ApiDescription api) =>
        Of(api) is { } server ? server.Authority + string.Concat(PathWords(server).Select(segment => "/" + segment)) : null;

    /// <summary>The segments of a server's path that are neither versions nor say that it is an API.</summary>
    public static IEnumerable<string> PathWords(Uri server) => server.AbsolutePath.ToLowerInvariant().Split(['/'], StringSplitOptions.RemoveEmptyEntries)
        .Where(segment => !Versions.IsFiller(segment));

    /// <summary>
    /// The label of a host that is its owner's name, and the domain that it is registered under: <c>deepgram</c> and <c>com</c> of api.deepgram.com. Null where
    /// there is none.
    /// </summary>
    public static (string Name, string Domain)? OwnerOf(Uri? server)
    {
        if (server is null || server.IsLoopback || server.HostNameType != UriHostNameType.Dns)
            return null;
        var host = server.Host.ToLowerInvariant();
        var labels = host.Split('.');
        var domain =
            SharedDomains.Where(shared => host.EndsWith("." + shared, StringComparison.Ordinal)).OrderByDescending(shared => shared.Length).FirstOrDefault();
        var taken = domain is not null
            ? domain.Split('.').Length
            : labels.Length > 2 && labels[labels.Length - 1].Length == 2 && SecondLevels.Contains(labels[labels.Length - 2]) ? 2 : 1;
        return labels.Length > taken ? (labels[labels.Length - taken - 1], string.Join(".", labels.Skip(labels.Length - taken))) : null;
    }
}
