using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonB5
{
    private const string Program = "x = 2\ny = 3\na = x + y\nm = a * y\nf = exp(m / 10)";

    public static Lesson Lesson { get; } = new(
        "B5",
        new("What a node keeps", "노드가 간직하는 것"),
        new("Local gradients are made ready in the forward pass and used in the backward pass.", "국소 기울기는 순전파에서 준비되고 역전파에서 쓰입니다."),
        new TextSection(
            """
            The local gradient of a multiply node is its other input. That value passes by in the forward pass, long before the backward pass asks for it. So the
            node has to **keep** something on the way forward. Then, on the way back, there is one multiplication left: kept local gradient times upstream
            gradient.

            What has to be kept differs. An add node keeps **nothing**: its local gradients are 1. A multiply node keeps its **inputs**. exp and the sigmoid keep
            their **output**, from which the local gradient follows at once. Nabla writes this beside every operation, and the table below asks it.

            This is also why training takes more memory than using a finished network. Whatever the backward pass will need stays alive from one pass to the
            other. And it is why nobody may change a kept value in between: Nabla refuses the backward pass then, instead of giving a wrong gradient.
            """,
            """
            곱셈 노드의 국소 기울기는 다른 쪽 입력의 값입니다. 그 값은 순전파 때 지나가고, 역전파가 찾는 것은 한참 뒤입니다. 그래서 노드는 앞으로 가면서
            무언가를 **간직해야** 합니다. 그러면 돌아올 때는 간직한 국소 기울기에 상류 기울기를 곱하는 일만 남습니다.

            무엇을 간직하는지는 노드마다 다릅니다. 덧셈 노드는 국소 기울기가 1이므로 **아무것도** 간직하지 않습니다. 곱셈 노드는 **입력**을 간직합니다.
            exp와 시그모이드는 **출력**을 간직하면 국소 기울기를 바로 알 수 있습니다. Nabla는 이것을 연산마다 적어 두었고, 아래 표는 그것을 물어본 결과입니다.

            학습할 때 완성된 신경망을 쓰기만 할 때보다 메모리가 더 드는 까닭도 여기에 있습니다. 역전파에 필요한 것은 두 계산 사이에 계속 남아 있어야 합니다.
            그 사이에 간직한 값을 바꾸어서도 안 됩니다. 그러면 Nabla는 틀린 기울기를 내는 대신 역전파를 거절합니다.
            """),
        new TableSection([new("node", "노드"), new("local gradient", "국소 기울기"), new("what it keeps", "간직하는 것")], Kept),
        new GraphSection(Program),
        new CodeSection("B5"),
        new QuizSection(
            "quiz-1",
            new("Which node needs to keep nothing for the backward pass?", "역전파를 위해 아무것도 간직할 필요가 없는 노드는 무엇일까요?"),
            ["x · y", "x + y", "exp(x)", "1 / x"],
            right: 1,
            new("An add node's local gradients are 1 and 1, whatever its inputs are.", "덧셈 노드의 국소 기울기는 입력이 무엇이든 1과 1입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Write down the local gradients that these nodes make ready in the forward pass.", "노드들이 순전파에서 준비하는 국소 기울기를 적어 보세요."),
            Program,
            Value("a"), Value("m"), Local("a", "x"), Local("a", "y"), Local("m", "a"), Local("m", "y")));

    private static IEnumerable<BilingualText[]> Kept()
    {
        Tensor x = 2, y = 3;
        foreach ((string name, string local, Tensor result) in new[]
        {
            ("x + y", "1", x + y),
            ("x · y", "y, x", x * y),
            ("x²", "2x", x.Square()),
            ("log(x)", "1/x", x.Log()),
            ("exp(x)", "f", x.Exp()),
            ("1/x", "−f²", x.Reciprocal()),
            ("σ(x)", "f·(1 − f)", x.Sigmoid()),
        })
        {
            Needs needs = result.Producer!.Operation.Needs;
            yield return
            [
                $"f = {name}", local,
                needs switch
                {
                    Needs.None => new("nothing", "없음"),
                    Needs.Output => new("its output", "출력"),
                    Needs.Inputs => new("its inputs", "입력"),
                    _ => new("inputs and output", "입력과 출력"),
                },
            ];
        }
    }
}
