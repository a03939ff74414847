using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonB1
{
    private const string Program = "x = -2\ny = 5\nz = -4\nq = x + y\nf = q * z";

    public static Lesson Lesson { get; } = new(
        "B1",
        new("A sum times a number", "합에 수를 곱하기"),
        new("The smallest graph worth drawing: f(x, y, z) = (x + y)·z, forward and backward.",
            "그려 볼 만한 가장 작은 그래프 f(x, y, z) = (x + y)·z를 앞으로, 그리고 뒤로 계산합니다."),
        new TextSection(
            """
            A **computational graph** takes a formula apart until every **node** does one thing only. Here one node adds, q = x + y, and one
            multiplies, f = q·z. An **edge** carries a value from the node that made it to the node that uses it.

            In the **forward pass** values go from left to right. With x = −2, y = 5 and z = −4 the add node gives q = 3 and the multiply node gives
            f = −12. Neither node knows the whole formula, and neither has to: each does a **local computation**.

            In the **backward pass** gradients go from right to left. Each node multiplies what arrives from its right, the **upstream gradient**, by
            its own **local gradient**, and hands the product on as the **downstream gradient**. That one rule is all of backpropagation:
            **downstream = local × upstream**.
            """,
            """
            **계산 그래프**는 식을 **노드** 하나가 한 가지 일만 하도록 잘게 나눈 것입니다. 여기서는 한 노드가 더하고(q = x + y), 다른 노드가
            곱합니다(f = q·z). **에지**는 값을 만든 노드에서 그 값을 쓰는 노드로 값을 나릅니다.

            **순전파**에서는 값이 왼쪽에서 오른쪽으로 갑니다. x = −2, y = 5, z = −4이면 덧셈 노드는 q = 3을, 곱셈 노드는 f = −12를 냅니다.
            어느 노드도 전체 식을 알지 못하고, 알 필요도 없습니다. 저마다 **국소적 계산**만 하면 됩니다.

            **역전파**에서는 기울기가 오른쪽에서 왼쪽으로 갑니다. 노드는 오른쪽에서 도착한 **상류 기울기**에 자기의 **국소 기울기**를 곱해
            **하류 기울기**로 내려보냅니다. 역전파는 이 규칙 하나가 전부입니다: **하류 기울기 = 국소 기울기 × 상류 기울기**.
            """),
        new GraphSection(Program),
        new TextSection(
            """
            Read the numbers at the multiply node: its local gradient towards q is z = −4, and towards z it is q = 3, each time the **other** input. The add
            node's local gradients are both 1, so the −4 that arrives there goes on to x and to y unchanged. The result says what to do: raising x a
            little lowers f four times as much.
            """,
            """
            곱셈 노드의 수를 읽어 보세요. q에 대한 국소 기울기는 z = −4이고 z에 대한 국소 기울기는 q = 3입니다. 서로 다른 쪽 입력의 값입니다.
            덧셈 노드의 국소 기울기는 둘 다 1이므로 도착한 −4가 x와 y로 그대로 내려갑니다. x를 조금 늘리면 f는 그 네 배만큼 줄어든다는
            뜻입니다.
            """),
        new QuizSection(
            "quiz-1",
            new("What does the multiply node need to know about x and y to send a gradient back to q?",
                "곱셈 노드가 q로 기울기를 돌려보내려면 x와 y에 대해 무엇을 알아야 할까요?"),
            [
                new("The values of x and y", "x와 y의 값"),
                new("That q is their sum", "q가 둘의 합이라는 것"),
                new("Nothing", "아무것도 몰라도 됩니다"),
            ],
            right: 2,
            new("It multiplies its upstream gradient by z, its other input. Everything in a graph is local.",
                "상류 기울기에 다른 쪽 입력인 z를 곱하기만 하면 됩니다. 계산 그래프에서는 모든 일이 국소적입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Run the graph forward and then backward. Begin at the right end.", "그래프를 앞으로, 그다음 뒤로 계산해 보세요. 역전파는 오른쪽 끝에서 시작합니다."),
            Program,
            Value("q"), Value("f"), Upstream("f"), Local("f", "q"), Local("f", "z"), Downstream("z"), Upstream("q"), Local("q", "x"),
            Downstream("x"), Downstream("y")));
}
