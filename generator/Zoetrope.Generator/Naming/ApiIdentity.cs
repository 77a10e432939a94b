using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Naming;

/// <summary>
/// Which API a document describes: that of its server, distinguished from others there by its title. Titles alone say little: many are called
/// <c>API Reference</c>. It needs no compiler.
/// </summary>
public static class ApiIdentity
{
    /// <summary>The server: host, port where it is not the usual one, and what of the path is not a version. Null where the document names no server.</summary>
    public static string? ServerOf(ApiDescription api) => ServerNames.IdentityOf(api);

    /// <summary>The API's key in the lock file, the same wherever the document is and whatever others there are.</summary>
    public static string KeyOf(ApiDescription api) =>
        NameKeys.Api(ServerOf(api) is { } server ? server + "/" + ApiTitle.Slug(api.Title) : ApiTitle.Slug(api.Title));

    /// <summary>Whether two documents describe one API.</summary>
    public static bool AreSame(ApiDescription one, ApiDescription other) => one.Provider == other.Provider && KeyOf(one) == KeyOf(other);

    /// <summary>
    /// The words that name the provider, else the API itself, and those that distinguish it from the provider's others: the folder and the file of a vendored
    /// document.
    /// </summary>
    public static (IReadOnlyList<string> Folder, IReadOnlyList<string> File) WordsOf(ApiDescription api)
    {
        var title = ApiTitle.Of(api);
        return title.Owner.Count > 0 ? (title.Owner, title.Rest) : (title.Rest, []);
    }

    /// <summary>The C# name of the class that a user's name for an API or an endpoint gives; null when it has neither letters nor digits.</summary>
    public static string? ClassOf(string name)
    {
        var pascal = Identifiers.Of(name, "");
        return pascal.Length == 0 ? null : ApiNames.OfUser(pascal);
    }

    /// <summary>The key under which the lock file had the names of an API before servers distinguished APIs.</summary>
    internal static string FormerKeyOf(ApiDescription api) => NameKeys.Api(ApiTitle.Slug(api.Title));
}
