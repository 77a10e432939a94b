using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Naming;

/// <summary>
/// The keys under which <c>specs.lock.json</c> keeps names. <c>{provider}:{id}</c> is the endpoint's class; below it are
/// <c>#/{type}</c> for a type and <c>#/{type}/{member}</c> for a property (by JSON name) or an enum's value (by its text). The type is
/// <c>$input</c>, <c>$output</c>, the document's name of a schema, or <c>{type}.{property}</c> for what has no name of its own; the types inside a
/// property's union have <c>#preset</c> (its named values) or the number of the alternative (<c>#1</c>, …) behind that.
/// <c>api:{server}/{words of the title}</c> (without a server <c>api:{words of the title}</c>) is the class of an API; below it are its schemas by name,
/// <c>$error</c>, <c>$shared {key}</c> for what operations share without a name (the key of one of its uses), <c>$use {key}</c> for each of these uses with the
/// type's key as its value, <c>$webhooks</c> for the class of webhooks and <c>$webhook {name}</c> for what one posts, and operations as <c>{METHOD} {path}</c>,
/// with <c>$parameters</c>, <c>$body</c>, <c>$result</c>, <c>$item</c> and <c>$error</c> behind that for an operation's own types. In each part <c>~</c> is
/// written <c>~0</c> and <c>/</c> <c>~1</c>, as in JSON pointers.
/// </summary>
public static class NameKeys
{
    /// <summary>The type key of the request.</summary>
    public const string Input = "$input";

    /// <summary>The type key of the result.</summary>
    public const string Output = "$output";

    /// <summary>What follows an operation's key for its query, headers and cookies.</summary>
    public const string Parameters = "$parameters";

    /// <summary>What follows an operation's key for its body.</summary>
    public const string Body = "$body";

    /// <summary>What follows an operation's key for its result.</summary>
    public const string Result = "$result";

    /// <summary>What follows an operation's key for what comes one after another in its response.</summary>
    public const string Item = "$item";

    /// <summary>What follows an operation's key for its errors; for an API the error that most operations have.</summary>
    public const string Error = "$error";

    /// <summary>The prefix of the key of one use of a type that operations share although the document does not name it.</summary>
    internal const string Shared = "$shared ";

    /// <summary>The prefix of the key of each use of such a type: its value is the type's key, so that the type is found while any use is left.</summary>
    internal const string Use = "$use ";

    /// <summary>The key of the class that reads what an API posts to webhooks.</summary>
    public const string Webhooks = "$webhooks";

    /// <summary>The prefix of the key of what a webhook posts, where the document does not name that.</summary>
    internal const string Webhook = "$webhook ";

    /// <summary>What follows an operation's key for the types of parameters in the path.</summary>
    public const string Path = "$path";

    /// <summary>The key of an endpoint's class.</summary>
    public static string Endpoint(string provider, string id) => provider + ":" + id;

    /// <summary>The key of an API's class, for its server and the words of its title (see <see cref="ApiIdentity"/>).</summary>
    public static string Api(string identity) => "api:" + identity;

    /// <summary>What an operation is called in keys: its method and path.</summary>
    internal static string Operation(OperationDescription operation) => operation.Method + " " + operation.Path;

    /// <summary>The key of what a name belongs to: the endpoint or the API.</summary>
    public static string OwnerOf(string key) => key.IndexOf("#/", StringComparison.Ordinal) is var end and >= 0 ? key.Substring(0, end) : key;

    /// <summary>Whether a key is that of a use of a shared type.</summary>
    internal static bool IsUse(string key) => key.Length > OwnerOf(key).Length && key.IndexOf("#/" + Use, StringComparison.Ordinal) == OwnerOf(key).Length;

    /// <summary>The key of a type that is alone at a use, from what follows the owner's key for the use.</summary>
    internal static string WithoutUse(string key) => "#/" + key.Substring(2 + Use.Length);

    /// <summary>The key of the type that a key is of or in.</summary>
    internal static string TypeOf(string key) =>
        OwnerOf(key).Length is var start && start < key.Length && key.IndexOf('/', start + 2) is var end and > 0 ? key.Substring(0, end) : key;

    /// <summary>The location of a key in the lock file.</summary>
    internal static string PointerOf(string key) => "/names/" + JsonPointer.Escape(key);

    /// <summary>What follows the endpoint's key for a type.</summary>
    public static string Type(string type) => "#/" + JsonPointer.Escape(type);

    /// <summary>What follows the endpoint's key for a property or a value.</summary>
    public static string Member(string type, string member) => "#/" + JsonPointer.Escape(type) + "/" + JsonPointer.Escape(member);
}
