using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Zoetrope.Extensions.AI.Jobs;

namespace Zoetrope.Extensions.AI;

/// <summary>What Zoetrope knows of responses with speech, or with its text: the jobs, their continuation, costs and warnings.</summary>
[Experimental("MEAI001")]
public static class SpeechResponseExtensions
{
    /// <summary>Returns what is known of a response; null where it is not of Zoetrope.</summary>
    public static GenerationDetails? GetDetails(this SpeechToTextResponse response) => response?.RawRepresentation as GenerationDetails;

    /// <summary>Returns what is known of a response; null where it is not of Zoetrope.</summary>
    public static GenerationDetails? GetDetails(this TextToSpeechResponse response) => response?.RawRepresentation as GenerationDetails;
}
