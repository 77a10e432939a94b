using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Zoetrope.Simulator.Control;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Faults;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Uploads;

namespace Zoetrope.Simulator.Serving;

/// <summary>Reads, recognizes and records each request, applies faults and responds.</summary>
internal sealed class RequestHandler(
    SimulatorOptions options, ControlRoutes control, CallMatcher matcher, FalRealtime realtime, RequestLog log, FaultQueue faults, CancellationToken stopping)
{
    private readonly TextWriter? _lines = options.Log is null ? null : TextWriter.Synchronized(options.Log);

    public async Task HandleAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            var unread = new IncomingRequest(context.Request, [], $"{context.Request.Scheme}://{context.Request.Host}");
            if (await ReadAsync(context.Request, unread, ended.Token) is { } request)
                await RespondAsync(context, request, ended.Token);
            else
                await RefuseAsync(context, unread, ended.Token);
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
        if (context.WebSockets.IsWebSocketRequest && matcher.MatchOpening(request) is { } opening)
        {
            await OpenAsync(context, request, opening, cancellationToken);
            return;
        }
        var call = matcher.Match(request, context);
        CrossOrigin.Allow(request, call, context.Response);
        log.Add(request, call);
        var fault = faults.Take(request, call);
        await FaultInjector.PlayAsync(fault, call, context, options.TimeProvider, cancellationToken);
        if (_lines is null)
            return;
        var truncated = fault is null ? "" : fault.Kind + " ";
        await _lines.WriteLineAsync($"{request.Method} {request.Path}{request.QueryText} {truncated}{context.Response.StatusCode}");
    }

    private Task RefuseAsync(HttpContext context, IncomingRequest unread, CancellationToken cancellationToken)
    {
        var call = matcher.Match(unread, context);
        CrossOrigin.Allow(unread, call, context.Response);
        var response = call.Error(
            StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"The body is longer than {options.MaxRequestBytes} bytes."));
        return FaultInjector.SendAsync(context, response, cancellationToken);
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
        {
            foreach (var (name, value) in response.Headers)
                context.Response.Headers[name] = value;
            await realtime.ServeAsync(context, request, cancellationToken);
        }
    }

    /// <summary>Reads the body; null when it is longer than allowed.</summary>
    private async Task<IncomingRequest?> ReadAsync(HttpRequest request, IncomingRequest unread, CancellationToken cancellationToken)
    {
        if (matcher.TakesBodyOf(request, unread))
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
