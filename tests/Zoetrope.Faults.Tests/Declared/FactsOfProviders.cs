namespace Zoetrope.Faults.Tests;

/// <summary>What the documentation of ten providers says about their jobs and their errors. Nothing here is derived from a declaration.</summary>
internal static class FactsOfProviders
{
    private const string Id = FalCalls.JobId;
    private const string File = FalCalls.Video;

    public static IReadOnlyList<Facts> All { get; } =
    [
        Runway(), Replicate(), BlackForestLabs(), Luma(), Together(), Leonardo(), ElevenLabs(), Topaz(), Higgsfield(), WaveSpeed(),
    ];

    // The model is a member of the body; a version in each request; DELETE cancels, or deletes what has ended.
    private static Facts Runway()
    {
        const string Host = "api.dev.runwayml.com";
        return new(
            "runway",
            "image_to_video/gen4_turbo",
            [Host],
            [("Authorization", $"Bearer {Keys.Declared}"), ("X-Runway-Version", "2024-11-06")],
            [
                new("POST", Host, "/v1/image_to_video", OfJson($$$"""{"id":"{{{Id}}}","estimatedCost":{"credits":25}}"""))
                {
                    Body = """{"model":"gen4_turbo"}""",
                },
                new("GET", Host, $"/v1/tasks/{Id}", Task("RUNNING", "\"progress\":0.5"), Task("RUNNING", "\"progress\":0.9"), Task(
                    "SUCCEEDED", $"\"output\":[\"{File}\"],\"cost\":{{\"credits\":20}}")),
                new("DELETE", Host, $"/v1/tasks/{Id}", new CannedResponse(204, []) { HasContentType = false }),
            ])
        {
            Errors =
            [
                OfJson("""{"error":"Validation of body failed","issues":[{"code":"too_big","path":["duration"],"message":"At most 10."}]}""", 400),
                OfJson("""{"error":"Incorrect API key provided."}""", 401),
                OfJson("""{"error":"Not found."}""", 404),
                OfJson("""{"error":"You have reached the daily limit of this model."}""", 429),
                OfJson("""{"error":"Internal server error."}""", 500),
            ],
        };

        static CannedResponse Task(string word, string members) =>
            OfJson($$"""{"id":"{{Id}}","createdAt":"2026-11-28T12:00:00.000Z","status":"{{word}}",{{members}}}""");
    }

    // The model is in the path, and the input in a member; the address of the job is in the receipt; a cancel responds with the job.
    private static Facts Replicate()
    {
        const string Host = "api.replicate.com";
        return new(
            "replicate",
            "black-forest-labs/flux-2-pro",
            [Host],
            [("Authorization", $"Bearer {Keys.Declared}")],
            [
                new("POST", Host, "/v1/models/black-forest-labs/flux-2-pro/predictions", Prediction("starting", "null") with { Status = 201 })
                {
                    Body = """{"input":{"prompt":"a cat"}}""",
                },
                new("GET", Host, $"/v1/predictions/{Id}", Prediction("processing", "null"), Prediction("succeeded", $"\"{File}\"")),
                new("POST", Host, $"/v1/predictions/{Id}/cancel", Prediction("aborted", "null")),
            ])
        {
            Errors =
            [
                OfJson("""{"title":"Unauthenticated","detail":"You did not pass a valid authentication token","status":401}""", 401),
                OfJson("""{"title":"Insufficient credit","detail":"You have insufficient credit to run this model.","status":402}""", 402),
                OfJson(
                    """
                    {"title":"Input validation failed","detail":"- input: prompt is required\n","status":422,
                     "invalid_fields":[{"type":"required","field":"input","description":"prompt is required"}]}
                    """,
                    422),
                OfJson("""{"title":"Not found","detail":"The requested resource could not be found.","status":404}""", 404),
                OfJson("""{"detail":"Request was throttled. Expected available in 1 second.","status":429}""", 429).With("Retry-After: 1"),
            ],
        };

        static CannedResponse Prediction(string word, string output) => OfJson(
            $$$"""
            {"id":"{{{Id}}}","model":"black-forest-labs/flux-2-pro","version":"hidden","input":{"prompt":"a cat"},"logs":"","output":{{{output}}},
             "error":null,"source":"api","status":"{{{word}}}","created_at":"2026-11-28T12:00:00.000Z",
             "urls":{"cancel":"https://api.replicate.com/v1/predictions/{{{Id}}}/cancel","get":"https://api.replicate.com/v1/predictions/{{{Id}}}"} }
            """);
    }

    // An operation for each model; the job is watched in the region that took it; nothing cancels.
    private static Facts BlackForestLabs()
    {
        const string Host = "api.bfl.ai", Region = "api.eu2.bfl.ai";
        return new(
            "bfl",
            "flux-2-pro",
            [Host, Region],
            [("x-key", Keys.Declared)],
            [
                new("POST", Host, "/v1/flux-2-pro", OfJson(
                    $$"""{"id":"{{Id}}","polling_url":"https://{{Region}}/v1/get_result?id={{Id}}","cost":3.5,"input_mp":0.0,"output_mp":0.79}"""))
                {
                    Body = """{"prompt":"a cat"}""",
                },
                new("GET", Region, $"/v1/get_result?id={Id}", Job("Pending", "null"), Job("Ready", $$$"""{"sample":"{{{File}}}","seed":42}""")),
            ])
        {
            Errors =
            [
                OfJson("""{"detail":"Insufficient credits"}""", 402),
                OfJson("""{"detail":"Not authenticated - Invalid Authentication"}""", 403),
                OfJson("""{"detail":[{"loc":["body","prompt"],"msg":"field required","type":"value_error.missing"}]}""", 422),
                OfJson("""{"detail":"Too many active tasks"}""", 429),
            ],
        };

        static CannedResponse Job(string word, string result) =>
            OfJson($$$"""{"id":"{{{Id}}}","status":"{{{word}}}","result":{{{result}}},"progress":null,"details":null,"preview":null}""");
    }

    // An image and a video have operations of their own; DELETE deletes.
    private static Facts Luma()
    {
        const string Host = "api.lumalabs.ai";
        return new(
            "luma",
            "ray-2",
            [Host],
            [("Authorization", $"Bearer {Keys.Declared}")],
            [
                new("POST", Host, "/dream-machine/v1/generations/video", Generation("queued", "null") with { Status = 201 })
                {
                    Body = """{"model":"ray-2","generation_type":"video"}""",
                },
                new("GET", Host, $"/dream-machine/v1/generations/{Id}", Generation("dreaming", "null"), Generation("dreaming", "null"), Generation(
                    "completed", $$"""{"video":"{{File}}","image":null}""")),
                new("DELETE", Host, $"/dream-machine/v1/generations/{Id}", new CannedResponse(204, []) { HasContentType = false }),
            ])
        {
            Errors =
            [
                OfJson("""{"detail":"Invalid API key"}""", 401),
                OfJson("""{"detail":"Insufficient credits"}""", 403),
                OfJson("""{"detail":"Prompt is too long"}""", 400),
                OfJson("""{"detail":"Generation not found"}""", 404),
                OfJson("""{"detail":"Too many requests"}""", 429),
            ],
        };

        static CannedResponse Generation(string state, string assets) => OfJson(
            $$$"""
            {"id":"{{{Id}}}","generation_type":"video","state":"{{{state}}}","failure_reason":null,"created_at":"2026-11-28T12:00:00Z",
             "assets":{{{assets}}},"model":"ray-2","request":{"model":"ray-2","prompt":"a cat"} }
            """);
    }

    // Videos are below another version than the rest of the API.
    private static Facts Together()
    {
        const string Host = "api.together.ai";
        return new(
            "together",
            "minimax/hailuo-02",
            [Host],
            [("Authorization", $"Bearer {Keys.Declared}")],
            [
                new("POST", Host, "/v2/videos", Video("queued", "")) { Body = """{"model":"minimax/hailuo-02"}""" },
                new("GET", Host, $"/v2/videos/{Id}", Video("in_progress", ""), Video("completed", $$$""","outputs":{"cost":0.28,"video_url":"{{{File}}}"}""")),
            ])
        {
            Errors =
            [
                OfJson("""{"error":{"message":"Invalid API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""", 401),
                OfJson("""{"error":{"message":"width must be even","type":"invalid_request_error","param":"width","code":null}}""", 400),
                OfJson("""{"error":{"message":"You have reached the rate limit","type":"rate_limit","param":null,"code":null}}""", 429),
                OfJson("""{"error":{"message":"The server is overloaded","type":"server_error","param":null,"code":null}}""", 503),
            ],
        };

        static CannedResponse Video(string word, string more) => OfJson(
            $$"""{"id":"{{Id}}","object":"video","model":"minimax/hailuo-02","status":"{{word}}","created_at":1760943438,"seconds":"6"{{more}}}""");
    }

    // The id of a video is at another place than that of an image; the price is in dollars, in a text.
    private static Facts Leonardo()
    {
        const string Host = "cloud.leonardo.ai";
        return new(
            "leonardo",
            "text-to-video/MOTION2",
            [Host],
            [("Authorization", $"Bearer {Keys.Declared}")],
            [
                new("POST", Host, "/api/rest/v1/generations-text-to-video", OfJson(
                    $$$$"""{"motionVideoGenerationJob":{"generationId":"{{{{Id}}}}","apiCreditCost":null,"cost":{"amount":"0.0147","unit":"DOLLARS"}}}"""))
                {
                    Body = """{"model":"MOTION2","prompt":"a cat"}""",
                },
                new("GET", Host, $"/api/rest/v1/generations/{Id}", Generation("PENDING", ""), Generation(
                    "COMPLETE", $$"""{"id":"i-1","url":"https://cdn.leonardo.example/still.jpg","motionMP4URL":"{{File}}"}""")),
            ])
        {
            Errors =
            [
                OfJson("""{"error":"Invalid response from authorization hook","path":"$","code":"unexpected"}""", 401),
                OfJson("""{"error":"invalid model","path":"$.selectionSet","code":"validation-failed"}""", 400),
                OfJson("""{"error":"not enough api tokens","path":"$","code":"unexpected"}""", 400),
                OfJson("""{"error":"Too many requests","path":"$","code":"too-many-requests"}""", 429),
            ],
        };

        static CannedResponse Generation(string word, string images) =>
            OfJson($$$"""{"generations_by_pk":{"generated_images":[{{{images}}}],"id":"{{{Id}}}","status":"{{{word}}}","modelId":null} }""");
    }

    // Images are watched elsewhere than videos; a failed job has one of seven reasons.
    private static Facts ElevenLabs()
    {
        const string Host = "api.elevenlabs.io";
        return new(
            "elevenlabs",
            "gpt-image-1.5",
            [Host],
            [("xi-api-key", Keys.Declared)],
            [
                new("POST", Host, "/v1/flows/image", OfJson($$"""{"id":"{{Id}}","status":"pending"}""")) { Body = """{"model_id":"gpt-image-1.5"}""" },
                new(
                    "GET",
                    Host,
                    $"/v1/flows/image/{Id}",
                    OfJson($$"""{"id":"{{Id}}","status":"generating"}"""),
                    OfJson($$"""{"id":"{{Id}}","status":"completed","content_url":"{{File}}","content_mime_type":"image/png","failure_reason":null}""")),
            ])
        {
            Errors =
            [
                OfJson("""{"detail":{"status":"invalid_api_key","message":"Invalid API key"}}""", 401),
                OfJson("""{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}""", 422),
                OfJson("""{"detail":{"status":"too_many_concurrent_requests","message":"Too many concurrent requests"}}""", 429),
                OfJson("""{"detail":{"status":"generation_not_found","message":"There is no such generation"}}""", 404),
            ],
        };
    }

    // A form; the id is in a header too; another operation has the address of the result.
    private static Facts Topaz()
    {
        const string Host = "api.topazlabs.com";
        return new(
            "topaz",
            "enhance",
            [Host],
            [("X-API-Key", Keys.Declared)],
            [
                new("POST", Host, "/image/v1/enhance/async", OfJson($$"""{"process_id":"{{Id}}","source_id":"s-1","eta":1617220000}""")
                    .With($"X-Process-ID: {Id}", "X-ETA: 1617220000")),
                new("GET", Host, $"/image/v1/status/{Id}", Status("Processing", 50), Status("Completed", 100)),
                new("GET", Host, $"/image/v1/download/{Id}", OfJson($$"""{"download_url":"{{File}}","expiry":1617223600}""")),
                new("DELETE", Host, $"/image/v1/cancel/{Id}", new CannedResponse(204, []) { HasContentType = false }),
            ])
        {
            Errors =
            [
                OfJson("""{"code":400,"message":"The image is too large."}""", 400),
                OfJson("""{"code":402,"message":"Insufficient funds."}""", 402),
                OfJson("""{"code":404,"message":"There is no such process."}""", 404),
                OfJson("""{"code":409,"message":"The job is not in a cancellable state."}""", 409),
                OfJson("""{"message":"Too Many Requests"}""", 429),
            ],
        };

        static CannedResponse Status(string word, int progress) => OfJson(
            $$"""{"process_id":"{{Id}}","filename":"image.png","status":"{{word}}","progress":{{progress}},"eta":1617220000,"credits":2}""");
    }

    // fal's queue; the key has two parts; a submit has an idempotency key; only what is queued is canceled.
    private static Facts Higgsfield()
    {
        const string Host = "platform.higgsfield.ai";
        return new(
            "higgsfield",
            "higgsfield-ai/soul/standard",
            [Host],
            [("Authorization", $"Key {Keys.Declared}")],
            [
                new("POST", Host, "/higgsfield-ai/soul/standard", Request("queued", "")) { Body = """{"prompt":"a cat"}""" },
                new("GET", Host, $"/requests/{Id}/status", Request("in_progress", ""), Request("completed", $$$""","images":[{"url":"{{{File}}}"}]""")),
                new("POST", Host, $"/requests/{Id}/cancel", new CannedResponse(202, []) { HasContentType = false }),
            ])
        {
            Errors =
            [
                OfJson("""{"detail":"Invalid credentials"}""", 401),
                OfJson("""{"detail":"Not enough credits"}""", 403),
                OfJson("""{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}""", 422),
                OfJson("""{"detail":"Request not found"}""", 404),
                OfJson("""{"detail":"Too many requests"}""", 429),
            ],
        };

        static CannedResponse Request(string word, string members) => OfJson(
            $$"""
            {"status":"{{word}}","request_id":"{{Id}}","status_url":"https://platform.higgsfield.ai/requests/{{Id}}/status",
             "cancel_url":"https://platform.higgsfield.ai/requests/{{Id}}/cancel"{{members}}}
            """);
    }

    // The model is the path; each response is in an envelope, which may report an error with a 200.
    private static Facts WaveSpeed()
    {
        const string Host = "api.wavespeed.ai";
        return new(
            "wavespeed",
            "wavespeed-ai/flux-dev",
            [Host],
            [("Authorization", $"Bearer {Keys.Declared}")],
            [
                new("POST", Host, "/api/v3/wavespeed-ai/flux-dev", Task("created", "[]")) { Body = """{"prompt":"a cat"}""" },
                new("GET", Host, $"/api/v3/predictions/{Id}/result", Task("processing", "[]"), Task("completed", $"[\"{File}\"]")),
            ])
        {
            Errors =
            [
                OfJson("""{"code":401,"message":"Invalid access token"}""", 401),
                OfJson("""{"code":400,"message":"property \"prompt\" is missing"}""", 400),
                OfJson("""{"code":404,"message":"The prediction does not exist"}""", 404),
                OfJson("""{"code":429,"message":"Too many requests"}""", 429),
            ],
        };

        static CannedResponse Task(string word, string outputs) => OfJson(
            $$$"""
            {"code":200,"message":"success","data":{"id":"{{{Id}}}","model":"wavespeed-ai/flux-dev","outputs":{{{outputs}}},
             "urls":{"get":"https://api.wavespeed.ai/api/v3/predictions/{{{Id}}}/result"},"has_nsfw_contents":[],"status":"{{{word}}}",
             "created_at":"2026-11-28T12:00:00.000Z","error":"","executionTime":0,"timings":{"inference":0}} }
            """);
    }
}
