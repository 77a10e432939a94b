using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Extensions.AI.Videos;

/// <summary>How videos are returned.</summary>
[Experimental("MEAI001")]
public enum VideoGenerationResponseFormat
{
    /// <summary>As addresses.</summary>
    Uri,

    /// <summary>As their bytes.</summary>
    Data,

    /// <summary>As files that the service hosts, by their ids.</summary>
    Hosted,
}
