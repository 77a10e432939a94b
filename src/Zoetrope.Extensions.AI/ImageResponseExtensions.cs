using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Zoetrope.Extensions.AI.Jobs;

namespace Zoetrope.Extensions.AI;

/// <summary>What Zoetrope knows of responses with images.</summary>
[Experimental("MEAI001")]
public static class ImageResponseExtensions
{
    extension(ImageGenerationResponse response)
    {
        /// <summary>The jobs, costs and warnings; null where the response is not of Zoetrope.</summary>
        public GenerationDetails? Details => response?.RawRepresentation as GenerationDetails;

        /// <summary>What gets the images of jobs that have not ended; null where all have.</summary>
        public ResponseContinuationToken? ContinuationToken => (response?.RawRepresentation as GenerationDetails)?.ContinuationToken;

        /// <summary>Options that the model does not have, and whatever else went otherwise than asked.</summary>
        public IReadOnlyList<string> Warnings => (response?.RawRepresentation as GenerationDetails)?.Warnings ?? [];
    }
}
