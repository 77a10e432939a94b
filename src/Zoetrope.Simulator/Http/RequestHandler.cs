using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Zoetrope.Simulator.Control;
using Zoetrope.Simulator.Declared;
using Zoetrope.Simulator.Eachlabs;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Faults;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Uploads;

namespace Zoetrope.Simulator.Http;

/// <summary>Reads, recognizes and records each request, applies faults and responds.</summary>
internal sealed class RequestHandler(
    SimulatorOptions options, ControlRoutes control, FileStore files, UploadRoutes uploads, IReadOnlyList<DeclaredRoutes> declared, EachlabsRoutes eachlabs,
    FalRoutes fal, FalRealtime realtime, RequestLog log, FaultQueue faults, CancellationToken stopping)
{
    private readonly TextWriter? _lines = options.Log is null ? null : TextWriter.Synchronized(options.Log);

    public async Task HandleAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            if (await ReadAsync(context.Request, ended.Token) is { } request)
                await RespondAsync(context, request, ended.Token);
            else
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception exception) when (exception is IOException or BadHttpRequestException or WebSocketException)
        {
            // The caller has disconnected in the middle of its request; nobody would receive a response.
            context.Abort();
        }
    }

    private async Task RespondAsync(HttpContext context, IncomingRequest request, CancellationToken cancellationToken)
    {
        if (control.TryRespond(request) is { } response)
        {
            await FaultInjector.SendAsync(context, response, cancellationToken);
            return;
        }
        if (context.WebSockets.IsWebSocketRequest && realtime.Match(request) is { } opening)
        {
            await OpenAsync(context, request, opening, cancellationToken);
            return;
        }
        var call = uploads.Match(request, context) ?? files.Match(request) ?? Declared(request) ?? eachlabs.Match(request) ?? fal.Match(request);
        log.Add(request, call);
        var fault = faults.Take(request, call);
        await FaultInjector.PlayAsync(fault, call, context, options.TimeProvider, cancellationToken);
        if (_lines is null)
            return;
        var truncated = fault is null ? "" : fault.Kind + " ";
        await _lines.WriteLineAsync($"{request.Method} {request.Path}{request.QueryText} {truncated}{context.Response.StatusCode}");
    }

    // What goes wrong with a connection goes wrong when it is opened.
    private async Task OpenAsync(HttpContext context, IncomingRequest request, Call opening, CancellationToken cancellationToken)
    {
        log.Add(request, opening);
        var fault = faults.Take(request, opening);
        var response = await opening.Run(null, cancellationToken);
        if (fault is not null || response.StatusCode != StatusCodes.Status101SwitchingProtocols)
            await FaultInjector.PlayAsync(fault, opening, context, options.TimeProvider, cancellationToken);
        else
            await realtime.ServeAsync(context, request, cancellationToken);
    }

    private Call? Declared(IncomingRequest request) =>
        declared.Select(provider => provider.Match(request)).FirstOrDefault(call => call is not null);

    /// <summary>Reads the body; null when it is longer than allowed.</summary>
    private async Task<IncomingRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var unread = new IncomingRequest(request, [], $"{request.Scheme}://{request.Host}");
        if (UploadRoutes.TakesBodyOf(request) || declared.Any(provider => provider.TakesBodyOf(unread)))
        {
            UploadRoutes.Unlimit(request.HttpContext);
            return unread;
        }
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        return new(request, body.ToArray(), unread.BaseUrl);
    }
}
