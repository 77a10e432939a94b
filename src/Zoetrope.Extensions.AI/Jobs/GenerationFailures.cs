using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Uploads;
using Zoetrope.Validation;

namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>What code that sends requests again must know of a failure.</summary>
public static class GenerationFailures
{
    extension(Exception exception)
    {
        /// <summary>
        /// Whether no job exists, so that the same request can be sent again without paying twice. False also where that is not known. A request that a job
        /// exists for is continued with <see cref="IGenerationFailure.ContinuationToken"/>, or with a token of the handle in the exception.
        /// </summary>
        public bool IsSafeToRepeat => exception is RequestValidationException or MissingKeyException or UploadException or SubmitException
        {
            WasNotAccepted: true,
        };
    }
}
