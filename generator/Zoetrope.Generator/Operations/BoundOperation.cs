using Zoetrope.Generator.Operations.Paging;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>One operation.</summary>
internal sealed record BoundOperation
{
    /// <summary>What it is called in the lock file, and in messages: method and path.</summary>
    public required string Key { get; init; }

    /// <summary>The name of its method, without <c>Async</c>.</summary>
    public required string Name { get; init; }

    public required string Method { get; init; }

    public required EquatableArray<PathPiece> Path { get; init; }

    public EquatableArray<BoundArgument> Arguments { get; init; }

    public BoundBody? Body { get; init; }

    /// <summary>What goes to the query, to headers and cookies, or null.</summary>
    public BoundMembers? Parameters { get; init; }

    /// <summary>What the operation has of its own; the owner is its class.</summary>
    public required BoundTypes Types { get; init; }

    /// <summary>The responses; a second one is another form of the same response.</summary>
    public required EquatableArray<BoundResponse> Responses { get; init; }

    public EquatableArray<BoundError> Errors { get; init; }

    /// <summary>How the pages of the first response follow each other; null where it has none.</summary>
    public BoundPaging? Paging { get; init; }

    public string? Server { get; init; }

    /// <summary>The header by which the service recognizes the same call sent again, or null.</summary>
    public string? IdempotencyHeader { get; init; }

    public bool IsAnonymous { get; init; }

    /// <summary>Whether it can be called without a key too.</summary>
    public bool IsKeyOptional { get; init; }

    /// <summary>Whether what it gives is a redirect.</summary>
    public bool IsRedirect { get; init; }

    /// <summary>Whether the document lists a 304 response.</summary>
    public bool HasNotModified { get; init; }

    public string Summary { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>What is said of a deprecated operation; null where it is none.</summary>
    public string? Deprecation { get; init; }

    /// <summary>Whether it has types of its own.</summary>
    public bool HasTypes => Parameters is not null || Body?.Form is not null || Types.Objects.Count + Types.Enums.Count + Types.Unions.Count > 0;
}

/// <summary>A piece of a path.</summary>
/// <param name="Text">The text, or the document's name of a parameter.</param>
/// <param name="Argument">The number of the argument at this position; -1 for text.</param>
internal sealed record PathPiece(string Text, int Argument = -1);
