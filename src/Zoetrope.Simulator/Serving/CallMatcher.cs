using Microsoft.AspNetCore.Http;
using Zoetrope.Simulator.Declared;
using Zoetrope.Simulator.Documents;
using Zoetrope.Simulator.Eachlabs;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;
using Zoetrope.Simulator.Uploads;

namespace Zoetrope.Simulator.Serving;

/// <summary>Recognizes the requests of all providers.</summary>
internal sealed class CallMatcher(
    UploadRoutes uploads, FileStore files, DocumentRoutes documents, IReadOnlyList<DeclaredRoutes> declared, EachlabsRoutes eachlabs, FalRoutes fal,
    FalRealtime realtime, JobStore jobs)
{
    /// <summary>Whether a request brings a file, whose body must not be read before.</summary>
    public bool TakesBodyOf(HttpRequest request, IncomingRequest unread) =>
        UploadRoutes.TakesBodyOf(request) || declared.Any(provider => provider.TakesBodyOf(unread));

    /// <summary>Recognizes a request.</summary>
    public Call Match(IncomingRequest request, HttpContext context)
    {
        if (CrossOrigin.MethodAskedFor(request) is { } method && Find(request.WithMethod(method), context) is var asked && CrossOrigin.IsOpen(asked))
            return Complete(CrossOrigin.Preflight(request, asked), request);
        return Complete(Find(request, context), request);
    }

    /// <summary>Recognizes a request to open a realtime connection; null where it is for something else.</summary>
    public Call? MatchOpening(IncomingRequest request) => realtime.Match(request) is { } opening ? Complete(opening, request) : null;

    private Call Find(IncomingRequest request, HttpContext context) =>
        uploads.Match(request, context) ?? files.Match(request)
            ?? declared.Select(provider => provider.Match(request)).FirstOrDefault(call => call is not null)
            ?? documents.Match(request) ?? eachlabs.Match(request) ?? fal.Match(request);

    private Call Complete(Call call, IncomingRequest request)
    {
        if (call.Endpoint is null && call.Provider.Length > 0)
            call = call with { Endpoint = request.Segments.Select(part => jobs.Find(call.Provider, part)).FirstOrDefault(job => job is not null)?.Endpoint.Id };
        return call.Provider == FalService.Provider ? FalRequestIds.Named(call) : call;
    }
}
