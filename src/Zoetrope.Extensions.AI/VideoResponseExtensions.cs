using System.Diagnostics.CodeAnalysis;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Extensions.AI.Videos;

namespace Zoetrope.Extensions.AI;

/// <summary>What Zoetrope knows of responses with videos.</summary>
[Experimental("MEAI001")]
public static class VideoResponseExtensions
{
    extension(VideoGenerationResponse response)
    {
        /// <summary>The jobs, costs and warnings; null where the response is not of Zoetrope.</summary>
        public GenerationDetails? Details => response?.RawRepresentation as GenerationDetails;

        /// <summary>Options that the model does not have, and whatever else went otherwise than asked.</summary>
        public IReadOnlyList<string> Warnings => (response?.RawRepresentation as GenerationDetails)?.Warnings ?? [];
    }
}
