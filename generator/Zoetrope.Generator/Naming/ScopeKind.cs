namespace Zoetrope.Generator.Naming;

/// <summary>The classes that generated types are nested in.</summary>
internal enum ScopeKind
{
    /// <summary>An endpoint's class: everything in it is of one model, and the plainest names go to what is nearest to the request and the result.</summary>
    Endpoint,

    /// <summary>An API's class: its named schemas, none of which knows of the others; what is inside one is led by its name.</summary>
    Shared,

    /// <summary>An operation's class: what the operation has of its own.</summary>
    Operation,
}
