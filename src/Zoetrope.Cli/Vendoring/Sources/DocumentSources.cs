namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>Finds out what arguments name.</summary>
internal static class DocumentSources
{
    private static readonly string[] _extensions = [".json", ".yaml", ".yml", ".md", ".txt", ".html"];

    /// <summary>What an argument names: a file that there is, an address, or the id of a model.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="server">The server that is asked for models instead of the provider's own; null for that one.</param>
    /// <exception cref="UsageException">It names nothing.</exception>
    public static IDocumentSource Of(string argument, Uri? server)
    {
        if (argument == FileSource.Stdin || File.Exists(argument))
            return new FileSource(argument);
        if (argument.Contains("://", StringComparison.Ordinal))
            return new UrlSource(UrlOf(argument));
        // What has the name of a file is reported as a file that is not there.
        return argument.Length == 0 || _extensions.Contains(Path.GetExtension(argument), StringComparer.OrdinalIgnoreCase)
            ? new FileSource(argument)
            : new ModelSource(ModelId.Parse(argument), server);
    }

    /// <summary>An address that documents can be fetched from.</summary>
    /// <exception cref="UsageException">It is not one.</exception>
    public static Uri UrlOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            throw new UsageException($"SOURCE: '{text}' is not an http or https URL");
        if (url.UserInfo.Length > 0)
        {
            throw new UsageException(
                [$"SOURCE: the URL at {url.Host} has a user name or a password, which specs.lock.json would keep"],
                ["Fetch the document with another program and pipe it: `zoetrope specs add - --origin URL`."]);
        }
        return url;
    }
}
